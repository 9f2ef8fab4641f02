package relay.core.account.entity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import relay.core.account.AccountId;
import relay.core.room.entity.EdgeCommand;

/**
 * Announces to every edge that the receptionist knows, each of which knows its own sockets. An edge
 * can have sockets a little before it is known here: it is told what was announced just before.
 */
public final class EdgeAnnouncer implements AccountAnnouncer {
  /** Longer than news of an edge takes, and shorter than an account takes to have credits again. */
  private static final Duration RECENT = Duration.ofSeconds(10);

  private static final int MOST_RECENT = 1_000;

  private final ActorRef<Message> actor;

  private EdgeAnnouncer(ActorRef<Message> actor) {
    this.actor = actor;
  }

  private sealed interface Message {}

  private record Edges(Set<ActorRef<EdgeCommand>> known) implements Message {}

  private record Announce(ToAccount what) implements Message {}

  private record Forget(Announce what) implements Message {}

  /** To be called once on every node that carries accounts or subscriptions. */
  public static EdgeAnnouncer start(ActorSystem<?> system) {
    return new EdgeAnnouncer(system.systemActorOf(create(), "announcer", Props.empty()));
  }

  @Override
  public void announce(AccountId account, AccountNotice notice) {
    actor.tell(new Announce(new ToAccount(account, notice)));
  }

  private static Behavior<Message> create() {
    return Behaviors.setup(
        context -> {
          ActorRef<Receptionist.Listing> listings =
              context.messageAdapter(
                  Receptionist.Listing.class,
                  listing -> new Edges(listing.getServiceInstances(EdgeCommand.KEY)));
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.subscribe(EdgeCommand.KEY, listings));
          return new Told(context).knowing(Set.of());
        });
  }

  /** What was announced lately, the oldest first. */
  private record Told(ActorContext<Message> context, Deque<Announce> recent) {
    Told(ActorContext<Message> context) {
      this(context, new ArrayDeque<>());
    }

    Behavior<Message> knowing(Set<ActorRef<EdgeCommand>> edges) {
      return Behaviors.receiveMessage(
          message ->
              switch (message) {
                case Edges(var known) -> {
                  known.stream()
                      .filter(edge -> !edges.contains(edge))
                      .forEach(edge -> recent.forEach(it -> edge.tell(it.what)));
                  yield knowing(known);
                }
                case Announce announced -> {
                  edges.forEach(edge -> edge.tell(announced.what));
                  remember(announced);
                  yield Behaviors.same();
                }
                case Forget(var announced) -> {
                  recent.remove(announced);
                  yield Behaviors.same();
                }
              });
    }

    private void remember(Announce announced) {
      if (recent.size() == MOST_RECENT) {
        recent.remove();
      }
      recent.add(announced);
      context.scheduleOnce(RECENT, context.getSelf(), new Forget(announced));
    }
  }
}
