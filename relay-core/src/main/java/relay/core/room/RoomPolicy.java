package relay.core.room;

import java.time.Duration;
import relay.core.settings.PyrycodeSettings;

/**
 * Who gets a room's slots, and what the others experience: the difference between dialects as one
 * value.
 *
 * @param maxPhones 0 or less means no cap
 * @param grace how long an agent's claim outlives its connection
 * @param probeTimeout how long an incumbent may take to show that it lives
 */
public record RoomPolicy(
    int maxPhones,
    Duration grace,
    ClaimOfHeldSlot onClaimOfHeldSlot,
    Duration probeTimeout,
    Farewells farewells) {

  /** What happens when an agent asks for a slot that another one holds. */
  public enum ClaimOfHeldSlot {
    /** The incumbent keeps it if it answers in time. */
    PROBE,
    /** The newcomer gets it. */
    REPLACE
  }

  /**
   * What those who lose their slots are told.
   *
   * @param displacedAgent an agent whose slot another one took
   * @param reclaimedPhone a phone whose agent was replaced
   * @param expiredPhone a phone whose agent did not come back
   * @param forgotten everybody in a room that an operator removed
   * @param lost everybody whose edge did not answer a recovered room
   */
  public record Farewells(
      Farewell displacedAgent,
      Farewell reclaimedPhone,
      Farewell expiredPhone,
      Farewell forgotten,
      Farewell lost) {}

  /** The rules of pyrycode 4, with the close codes of 2.1. */
  public static RoomPolicy pyrycode(PyrycodeSettings settings) {
    return new RoomPolicy(
        settings.maxPhones(),
        settings.grace(),
        ClaimOfHeldSlot.PROBE,
        settings.probeTimeout(),
        new Farewells(
            new Farewell(1011, "heartbeat timeout", CloseCause.TAKEN_OVER),
            new Farewell(4404, "binary reclaimed server-id", CloseCause.RECLAIMED),
            new Farewell(1000, "", CloseCause.GRACE_EXPIRED),
            new Farewell(1001, "room removed", CloseCause.FORGOTTEN),
            new Farewell(1011, "connection lost", CloseCause.NODE_LOST)));
  }
}
