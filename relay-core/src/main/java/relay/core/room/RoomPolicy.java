package relay.core.room;

import java.time.Duration;
import relay.core.settings.PyrycodeSettings;

/**
 * Who gets a room's slots, and what the others experience: the difference between dialects as one
 * value.
 *
 * @param probeTimeout how long an incumbent may take to show that it lives
 */
public record RoomPolicy(
    ClaimOfHeldSlot onClaimOfHeldSlot,
    Duration probeTimeout,
    PhoneRules phones,
    Farewells farewells) {

  /** What happens when an agent asks for a slot that another one holds. */
  public enum ClaimOfHeldSlot {
    /** The incumbent keeps it if it answers in time. */
    PROBE,
    /** The newcomer gets it. */
    REPLACE
  }

  /**
   * What those who lose their slots are told, whosever the phones are.
   *
   * @param displacedAgent an agent whose slot another one took
   * @param forgotten everybody in a room that is kept no longer
   * @param lost everybody whose edge did not answer a recovered room
   */
  public record Farewells(Farewell displacedAgent, Farewell forgotten, Farewell lost) {}

  /** The rules of pyrycode 4, with the close codes of 2.1. */
  public static RoomPolicy pyrycode(PyrycodeSettings settings) {
    return new RoomPolicy(
        ClaimOfHeldSlot.PROBE,
        settings.probeTimeout(),
        new PhoneRules.OfAgent(
            settings.maxPhones(),
            settings.grace(),
            new Farewell(4404, "binary reclaimed server-id", CloseCause.RECLAIMED),
            new Farewell(1000, "", CloseCause.GRACE_EXPIRED)),
        new Farewells(
            new Farewell(1011, "heartbeat timeout", CloseCause.TAKEN_OVER),
            new Farewell(1001, "room removed", CloseCause.FORGOTTEN),
            new Farewell(1011, "connection lost", CloseCause.NODE_LOST)));
  }

  /** The rules of TermOnMac 4, with the close codes of 2.3. */
  public static RoomPolicy termonmac() {
    return new RoomPolicy(
        ClaimOfHeldSlot.REPLACE,
        Duration.ZERO,
        new PhoneRules.OfRoom(
            new Farewell(4001, "replaced by another device", CloseCause.REPLACED),
            new Farewell(4003, "rejected by the mac", CloseCause.REJECTED_BY_AGENT)),
        new Farewells(
            new Farewell(4001, "replaced by another connection", CloseCause.REPLACED),
            new Farewell(1001, "room removed", CloseCause.FORGOTTEN),
            new Farewell(1011, "connection lost", CloseCause.NODE_LOST)));
  }

  /** Whether agents register the room and phones join it, each with proof. */
  boolean asksForCredentials() {
    return phones instanceof PhoneRules.OfRoom;
  }

  /** Whether another phone has to be refused. */
  boolean isFull(Room room) {
    return phones instanceof PhoneRules.OfAgent rules
        && rules.max() > 0
        && room.phones().size() >= rules.max();
  }
}
