package relay.core.room.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import relay.core.room.Arbiter;
import relay.core.room.Contest;
import relay.core.room.Room;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.RoomPolicy;
import relay.core.room.Tell;
import relay.core.room.Verdict;

/**
 * What a room knows beyond what is written: who holds which slot at this moment, and the events
 * that still wait for a write: at most one for each slot and one for a grace, since every
 * attachment writes them all.
 */
final class RoomMemory {
  private enum Timer {
    PROBE,
    WRITE
  }

  private final RoomKey key;
  private final RoomSurroundings surroundings;
  private final RoomPolicy policy;
  private final TimerScheduler<RoomCommand> timers;
  private final Edges edges;
  private final List<RoomEvent> unwritten = new ArrayList<>();
  private Arbiter arbiter;

  RoomMemory(
      RoomKey key, RoomSurroundings surroundings, TimerScheduler<RoomCommand> timers, Edges edges) {
    this.key = key;
    this.surroundings = surroundings;
    this.timers = timers;
    this.edges = edges;
    policy = surroundings.policy(key.dialect());
    arbiter = new Arbiter(policy, Room.EMPTY);
  }

  Arbiter arbiter() {
    return arbiter;
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  /**
   * Only what is written is true, until the edges are asked: so a room begins, and so it goes on
   * after a failed write.
   */
  void restore(Room written) {
    timers.cancelAll();
    unwritten.clear();
    arbiter = new Arbiter(policy, written);
  }

  /** Makes a verdict hold from now on; whom it concerns is not told yet. */
  void accept(Verdict verdict) {
    Contest before = arbiter.contest();
    arbiter = arbiter.after(verdict);
    unwritten.addAll(verdict.events());
    edges.watchOnly(arbiter.edges());
    timeProbe(before);
    verdict.events().stream()
        .filter(RoomEvent.GraceExpired.class::isInstance)
        .forEach(_ -> surroundings.observer().graceExpired(key));
  }

  /** For a verdict that is no promise: it holds, is told, and is written when there is time. */
  void conclude(Verdict verdict) {
    accept(verdict);
    say(verdict);
    writeLater();
  }

  void say(Verdict verdict) {
    for (Tell tell : verdict.tells()) {
      if (tell instanceof Tell.Refused refused) {
        surroundings.observer().refused(key, refused.why());
      }
      edges.tell(tell);
    }
  }

  List<RoomEvent> takeUnwritten() {
    timers.cancel(Timer.WRITE);
    List<RoomEvent> taken = List.copyOf(unwritten);
    unwritten.clear();
    return taken;
  }

  private void writeLater() {
    if (!unwritten.isEmpty() && !timers.isTimerActive(Timer.WRITE)) {
      timers.startSingleTimer(
          Timer.WRITE, new RoomSignal.WriteDue(), surroundings.pacer().reserve(now()));
    }
  }

  private void timeProbe(Contest before) {
    Contest contest = arbiter.contest();
    if (!contest.isOpen()) {
      timers.cancel(Timer.PROBE);
    } else if (contest.probe() != before.probe()) {
      timers.startSingleTimer(
          Timer.PROBE, new RoomSignal.ProbeTimedOut(contest.probe()), policy.probeTimeout());
    }
  }
}
