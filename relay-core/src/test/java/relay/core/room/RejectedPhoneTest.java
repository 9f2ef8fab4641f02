package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.deadline;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.offering;
import static relay.core.room.MacRoom.phone;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.registered;
import static relay.core.room.MacRoom.socket;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import relay.core.protocol.Keys;

/**
 * A Mac says no to a phone it does not trust by closing its own connection and coming back; the
 * room does not let the two do that for ever (TermOnMac 9.3).
 */
class RejectedPhoneTest {
  private static final Farewell REJECTED =
      new Farewell(4003, "rejected by the mac", CloseCause.REJECTED_BY_AGENT);

  private final MacRoom room = given(registered());
  private long mac = 1;

  @BeforeEach
  void aPhoneWaits() {
    room.registers(mac);
    room.joins(101);
  }

  private Verdict macComesAndFlees(Duration after, CloseCause cause) {
    room.passes(after);
    Verdict verdict = room.leaves(mac, cause);
    room.passes(Duration.ofMillis(500));
    mac += 2;
    room.registers(mac);
    return verdict;
  }

  private Verdict macFlees() {
    return macComesAndFlees(Duration.ofMillis(100), CloseCause.PEER_CLOSED);
  }

  @Test
  void thePhoneThatAMacFledFromThreeTimesIsClosed() {
    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);

    Verdict third = macFlees();

    assertThat(third.tells()).containsExactly(new Tell.Close(socket(101), REJECTED));
    assertThat(third.events())
        .hasExactlyElementsOfTypes(RoomEvent.AgentDetached.class, RoomEvent.PhoneDetached.class);
    assertThat(room.macSocket()).as("and the Mac has its peace").contains(mac);
    assertThat(room.phoneSocket()).isEmpty();
  }

  @Test
  void aConnectionThatJustEndsCountsToo() {
    macFlees();
    macComesAndFlees(Duration.ZERO, CloseCause.PEER_DROPPED);

    assertThat(macFlees().tells()).containsExactly(new Tell.Close(socket(101), REJECTED));
  }

  @ParameterizedTest
  @EnumSource(names = {"HEARTBEAT_TIMEOUT", "NODE_LOST", "DRAINED", "WRITE_TIMEOUT"})
  void anEndThatIsNotTheMacsOwnDoesNotCount(CloseCause cause) {
    macFlees();
    macFlees();

    assertThat(macComesAndFlees(Duration.ZERO, cause).tells())
        .hasOnlyElementsOfType(Tell.AgentLeft.class);
  }

  @Test
  void aMacThatStaysTwoSecondsHasAcceptedThePhone() {
    macFlees();
    macFlees();
    macComesAndFlees(Duration.ofSeconds(2), CloseCause.PEER_CLOSED);

    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
  }

  @Test
  void aPhoneThatStayedTwoSecondsWithTheMacWasAccepted() {
    macFlees();
    macFlees();
    room.passes(Duration.ofSeconds(2));
    room.leaves(101, CloseCause.PEER_CLOSED);
    room.joins(103);

    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
  }

  @Test
  void flightsOfLongAgoAreForgotten() {
    macFlees();
    macFlees();
    room.leaves(mac, CloseCause.HEARTBEAT_TIMEOUT);
    room.passes(Duration.ofMinutes(1));
    mac += 2;
    room.registers(mac);

    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
  }

  @Test
  void aRoomRecoveredFromASnapshotCountsAnewAndEndsTheLoopAllTheSame() {
    macFlees();
    macFlees();
    room.isRecoveredFromASnapshot();

    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
    assertThat(macFlees().tells()).containsExactly(new Tell.Close(socket(101), REJECTED));
  }

  @Test
  void aReplacedMacHasNotFled() {
    macFlees();
    macFlees();

    mac += 2;
    room.registers(mac);

    assertThat(room.phoneSocket()).contains(101L);
  }

  @Test
  void theSamePhoneIsKeptOutForAMinute() {
    macFlees();
    macFlees();
    macFlees();

    assertThat(room.joins(103).tells()).isEqualTo(refused(103, Refusal.REJECTED_BY_AGENT));
    room.passes(Duration.ofMinutes(1));
    assertThat(room.joins(103).tells()).hasOnlyElementsOfType(Tell.PhoneJoined.class);
  }

  @Test
  void anotherPhoneIsNot() {
    macFlees();
    macFlees();
    macFlees();
    Keys other = new Keys("another-phone", "", "");

    assertThat(room.joins(103, new JoinRequest(OWNER, other, hash("s0"), null)).tells())
        .hasOnlyElementsOfType(Tell.PhoneJoined.class);
  }

  @Test
  void flightsFromOnePhoneAreNotHeldAgainstAnother() {
    macFlees();
    macFlees();
    Keys other = new Keys("another-phone", "", "");
    room.joins(103, new JoinRequest(OWNER, other, hash("s0"), null));

    assertThat(macFlees().tells()).hasOnlyElementsOfType(Tell.AgentLeft.class);
  }

  @Test
  void aPairingTokenLetsInARejectedPhoneAtOnce() {
    macFlees();
    macFlees();
    macFlees();
    room.registers(mac + 2, offering(mac + 2, "t0", deadline()));
    mac += 2;

    assertThat(room.joins(103, phone(103, "s0", "t0")).tells())
        .hasOnlyElementsOfType(Tell.PhoneJoined.class);
    assertThat(macFlees().tells())
        .as("and what was before does not count any more")
        .hasOnlyElementsOfType(Tell.AgentLeft.class);
  }
}
