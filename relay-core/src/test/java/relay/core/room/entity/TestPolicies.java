package relay.core.room.entity;

import java.time.Duration;
import relay.core.room.CloseCause;
import relay.core.room.Farewell;
import relay.core.room.PhoneRules;
import relay.core.room.RoomPolicy;

/** Policies for tests of the actor, whose rules are tested elsewhere. */
final class TestPolicies {
  private TestPolicies() {}

  static RoomPolicy pyrycode(Duration probeTimeout) {
    return new RoomPolicy(
        RoomPolicy.ClaimOfHeldSlot.PROBE,
        probeTimeout,
        new PhoneRules.OfAgent(
            2,
            Duration.ofSeconds(30),
            new Farewell(4404, "binary reclaimed server-id", CloseCause.RECLAIMED),
            new Farewell(1000, "", CloseCause.GRACE_EXPIRED)),
        new RoomPolicy.Farewells(
            new Farewell(1011, "heartbeat timeout", CloseCause.TAKEN_OVER),
            new Farewell(1001, "room removed", CloseCause.FORGOTTEN),
            new Farewell(1011, "connection lost", CloseCause.NODE_LOST)));
  }
}
