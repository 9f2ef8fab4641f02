package relay.core.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.Keys;

/** A {@link Verdict} being reached step by step: each sees the room as the one before left it. */
record Draft(
    RoomPolicy policy,
    Instant now,
    Room room,
    Contest contest,
    List<RoomEvent> events,
    List<Tell> tells) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  static Draft of(Arbiter arbiter, Instant now) {
    return new Draft(
        arbiter.policy(), now, arbiter.room(), arbiter.contest(), List.of(), List.of());
  }

  Verdict verdict() {
    return new Verdict(events, tells, contest);
  }

  Draft happened(RoomEvent event) {
    return new Draft(policy, now, Room.evolve(room, event), contest, and(events, event), tells);
  }

  Draft tell(Tell tell) {
    return new Draft(policy, now, room, contest, events, and(tells, tell));
  }

  Draft contest(Contest next) {
    return new Draft(policy, now, room, next, events, tells);
  }

  <T> Draft forEach(Stream<T> items, BiFunction<Draft, T, Draft> step) {
    Draft draft = this;
    for (T item : items.toList()) {
      draft = step.apply(draft, item);
    }
    return draft;
  }

  Draft refuse(Claim claim, Refusal why) {
    return tell(new Tell.Refused(claim.socket(), why));
  }

  /** The newcomer holds the slot from now on; the agent that held it does not. */
  Draft install(Claim claim, @Nullable Keys keys) {
    List<Slot> displaced =
        room.agentHolder().stream().filter(it -> !it.socket().equals(claim.socket())).toList();
    long epoch = room.epoch() + 1;
    return forEach(displaced.stream(), Draft::displace)
        .leaveOldAgent()
        .happened(new RoomEvent.AgentAttached(epoch, claim.socket(), claim.connection(), keys, now))
        .tell(new Tell.AgentGranted(claim.socket(), epoch, !displaced.isEmpty()))
        .introduce();
  }

  /** Says of every phone that it is there, whether that is news or not. */
  Draft introduce() {
    return forEach(room.phones().stream(), Draft::grant);
  }

  /** The phone has a slot from now on; epoch and cap are what its dialect makes of them. */
  Draft admit(Claim claim, long epoch, @Nullable Keys keys) {
    Draft admitted =
        happened(new RoomEvent.PhoneAttached(epoch, claim.socket(), claim.connection(), keys, now));
    return admitted.forEach(admitted.room.phone(claim.socket()).stream(), Draft::grant);
  }

  /** Says again what a phone was promised; a present agent's edge hears it too. */
  Draft grant(Slot phone) {
    return switch (room.agent()) {
      case AgentSlot.Held(var agent) ->
          tell(
              new Tell.PhoneJoined(
                  agent.socket(),
                  phone.connection(),
                  new Tell.PhoneGranted(
                      phone.socket(), room.epoch(), agent.socket(), 0, agent.keys()),
                  phone.keys()));
      case AgentSlot.Away(var until) -> grantWithoutAgent(phone, millisUntil(until));
      case AgentSlot.Vacant _ ->
          switch (policy.phones()) {
            case PhoneRules.OfAgent _ -> tell(new Tell.Refused(phone.socket(), Refusal.NO_AGENT));
            case PhoneRules.OfRoom _ -> grantWithoutAgent(phone, 0);
          };
    };
  }

  Draft close(Slot slot, Farewell farewell) {
    return tell(new Tell.Close(slot.socket(), farewell));
  }

  Draft evict(Slot phone, Farewell farewell) {
    return detachPhone(phone, farewell.cause(), farewell.code()).close(phone, farewell);
  }

  Draft detachPhone(Slot phone, CloseCause cause, int closeCode) {
    return happened(
        new RoomEvent.PhoneDetached(phone.socket(), phone.connection(), cause, closeCode, now));
  }

  Draft detachAgent(Slot agent, CloseCause cause, int closeCode, @Nullable Instant graceUntil) {
    return happened(
        new RoomEvent.AgentDetached(
            agent.socket(), agent.connection(), cause, closeCode, graceUntil, now));
  }

  Draft tellAgentLeft(Slot phone, @Nullable CloseCause cause) {
    long graceMillis = room.agent() instanceof AgentSlot.Away(var until) ? millisUntil(until) : 0;
    return tell(new Tell.AgentLeft(phone.socket(), room.epoch(), graceMillis, cause));
  }

  private Draft displace(Slot agent) {
    Farewell farewell = policy.farewells().displacedAgent();
    return detachAgent(agent, farewell.cause(), farewell.code(), null).close(agent, farewell);
  }

  /** What becomes of the phones once another agent is to follow. */
  private Draft leaveOldAgent() {
    return switch (policy.phones()) {
      case PhoneRules.OfAgent rules ->
          forEach(room.phones().stream(), (draft, it) -> draft.evict(it, rules.reclaimed()));
      case PhoneRules.OfRoom _ -> this;
    };
  }

  private Draft grantWithoutAgent(Slot phone, long graceMillis) {
    return tell(new Tell.PhoneGranted(phone.socket(), room.epoch(), null, graceMillis));
  }

  /** Rounded up, so that a socket that waits this long never asks too early. */
  private long millisUntil(Instant until) {
    return Math.ceilDiv(Duration.between(now, until).toNanos(), NANOS_PER_MILLI);
  }

  private static <T> List<T> and(List<T> items, T item) {
    return Stream.concat(items.stream(), Stream.of(item)).toList();
  }
}
