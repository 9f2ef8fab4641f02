package relay.core.room;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a room answers: what happened, what is to be said of it, and who waits from now on. A
 * refusal is something said with nothing happening.
 */
public record Verdict(List<RoomEvent> events, List<Tell> tells, Contest contest) {

  public Verdict {
    events = List.copyOf(events);
    tells = List.copyOf(tells);
  }

  /** The same, with nothing said to those. */
  Verdict untold(Predicate<SocketAddress> those) {
    return new Verdict(events, tells.stream().filter(it -> !those.test(it.to())).toList(), contest);
  }

  Verdict withTells(List<Tell> others) {
    return new Verdict(events, others, contest);
  }

  /** Whether nothing may be said before the events are written. */
  public boolean isPromise() {
    return events.stream().anyMatch(RoomEvent::isPromise);
  }
}
