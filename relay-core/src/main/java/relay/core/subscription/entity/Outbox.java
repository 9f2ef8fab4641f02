package relay.core.subscription.entity;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.subscription.SubscriptionEvent;

/**
 * Events that wait for a write, and answers that wait for the events. Each socket has one report
 * under way, so both are bounded by the sockets of an account.
 */
final class Outbox {
  private final List<SubscriptionEvent> events = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private boolean isPromised;

  /** Somebody waits until these are written. */
  void promise(List<SubscriptionEvent> more) {
    events.addAll(more);
    isPromised |= !more.isEmpty();
  }

  /** Nobody waits; they are written with the next ones. */
  void note(List<SubscriptionEvent> more) {
    events.addAll(more);
  }

  boolean isPromised() {
    return isPromised;
  }

  /** Answers once everything that was promised before is written. */
  <R> void answer(ActorRef<R> to, R reply) {
    then(() -> to.tell(reply));
  }

  void then(Runnable action) {
    if (isPromised) {
      answers.add(action);
    } else {
      action.run();
    }
  }

  List<SubscriptionEvent> takeEvents() {
    List<SubscriptionEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** The events that were taken are written. */
  void written() {
    isPromised = false;
    List<Runnable> due = List.copyOf(answers);
    answers.clear();
    due.forEach(Runnable::run);
  }

  void clear() {
    events.clear();
    answers.clear();
    isPromised = false;
  }
}
