package relay.core.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Verdict} while it is being reached: each step sees the room as the last one left it.
 */
final class Draft {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RoomPolicy policy;
  private final Instant now;
  private final List<RoomEvent> events = new ArrayList<>();
  private final List<Tell> tells = new ArrayList<>();
  private Room room;
  private Contest contest;

  Draft(Arbiter arbiter, Instant now) {
    policy = arbiter.policy();
    room = arbiter.room();
    contest = arbiter.contest();
    this.now = now;
  }

  Room room() {
    return room;
  }

  Contest contest() {
    return contest;
  }

  Verdict verdict() {
    return new Verdict(events, tells, contest);
  }

  void happened(RoomEvent event) {
    events.add(event);
    room = Room.evolve(room, event);
  }

  void tell(Tell tell) {
    tells.add(tell);
  }

  void contest(Contest next) {
    contest = next;
  }

  /** Nothing is swept: a grace that is over ends when somebody next looks (pyrycode 4.3). */
  void settleGrace() {
    if (room.agent() instanceof AgentSlot.Away(var until) && !now.isBefore(until)) {
      happened(new RoomEvent.GraceExpired(room.epoch(), now));
      room.phones().forEach(it -> evict(it, policy.farewells().expiredPhone()));
    }
  }

  /** The newcomer holds the slot from now on; all of the old agent's sockets lose theirs. */
  void install(Claim claim) {
    boolean tookOver = room.agentHolder().isPresent();
    room.agentHolder().ifPresent(this::displace);
    room.phones().forEach(it -> evict(it, policy.farewells().reclaimedPhone()));
    long epoch = room.epoch() + 1;
    happened(new RoomEvent.AgentAttached(epoch, claim.socket(), claim.connection(), now));
    tell(new Tell.AgentGranted(claim.socket(), epoch, tookOver));
  }

  /** The first of those who wait gets the slot, the others get none. */
  void installFirstWaiting() {
    Claim first = contest.waiting().getFirst();
    contest(contest.without(first.socket()::equals));
    install(first);
    refuseWaiting();
  }

  void refuseWaiting() {
    contest.waiting().forEach(it -> tell(new Tell.Refused(it.socket(), Refusal.ALREADY_CLAIMED)));
    contest(contest.closed());
  }

  /** The agent is gone: whoever waits for its slot gets it, otherwise its claim is kept. */
  void agentLeaves(Slot agent, CloseCause cause, int closeCode) {
    if (contest.isOpen()) {
      detachAgent(agent, cause, closeCode, null);
      installFirstWaiting();
      return;
    }
    detachAgent(agent, cause, closeCode, now.plus(policy.grace()));
    room.phones().forEach(it -> tellAgentLeft(it.socket()));
  }

  void phoneLeaves(Slot phone, CloseCause cause, int closeCode) {
    happened(
        new RoomEvent.PhoneDetached(phone.socket(), phone.connection(), cause, closeCode, now));
    room.agentHolder()
        .ifPresent(it -> tell(new Tell.PhoneLeft(it.socket(), room.epoch(), phone.connection())));
  }

  /** Says again what a phone was promised; a present agent's edge learns it first. */
  void grant(Slot phone) {
    switch (room.agent()) {
      case AgentSlot.Held(var agent) ->
          tell(
              new Tell.PhoneJoined(
                  agent.socket(),
                  phone.connection(),
                  new Tell.PhoneGranted(phone.socket(), room.epoch(), agent.socket(), 0)));
      case AgentSlot.Away(var until) ->
          tell(new Tell.PhoneGranted(phone.socket(), room.epoch(), null, millisUntil(until)));
      case AgentSlot.Vacant _ -> tell(new Tell.Refused(phone.socket(), Refusal.NO_AGENT));
    }
  }

  void tellAgentLeft(SocketAddress phone) {
    if (room.agent() instanceof AgentSlot.Away(var until)) {
      tell(new Tell.AgentLeft(phone, room.epoch(), millisUntil(until)));
    }
  }

  private void displace(Slot agent) {
    Farewell farewell = policy.farewells().displacedAgent();
    detachAgent(agent, farewell.cause(), farewell.code(), null);
    tell(new Tell.Close(agent.socket(), farewell));
  }

  private void evict(Slot phone, Farewell farewell) {
    happened(
        new RoomEvent.PhoneDetached(
            phone.socket(), phone.connection(), farewell.cause(), farewell.code(), now));
    tell(new Tell.Close(phone.socket(), farewell));
  }

  private void detachAgent(
      Slot agent, CloseCause cause, int closeCode, @Nullable Instant graceUntil) {
    happened(
        new RoomEvent.AgentDetached(
            agent.socket(), agent.connection(), cause, closeCode, graceUntil, now));
  }

  /** Rounded up, so that a socket that waits this long never asks too early. */
  private long millisUntil(Instant until) {
    return Math.ceilDiv(Duration.between(now, until).toNanos(), NANOS_PER_MILLI);
  }
}
