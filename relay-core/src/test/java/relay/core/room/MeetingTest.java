package relay.core.room;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.START;
import static relay.core.room.MacRoom.connection;
import static relay.core.room.MacRoom.deadline;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.listOf;
import static relay.core.room.MacRoom.macKeys;
import static relay.core.room.MacRoom.offering;
import static relay.core.room.MacRoom.phone;
import static relay.core.room.MacRoom.phoneKeys;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.replaced;
import static relay.core.room.MacRoom.rotated;
import static relay.core.room.MacRoom.socket;
import static relay.core.room.MacRoom.withBoth;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Mac and phone hear of each other (TermOnMac 3.5, 3.8, 4.6, appendix B). */
class MeetingTest {

  @Test
  void aFirstPairing() {
    MacRoom room = given();
    assertThat(room.registers(1, offering(1, "t0", deadline())).tells())
        .containsExactly(new Tell.AgentGranted(socket(1), 1, false));

    assertThat(room.joins(101, phone(101, null, "t0")).tells()).isEqualTo(room.introduction(2));

    assertThat(room.registersAgain(1, rotated(1, "s1")).tells())
        .containsExactly(new Tell.AgentGranted(socket(1), 2, false));
    room.leaves(101, CloseCause.PEER_CLOSED);
    assertThat(room.joins(103, phone(103, "s0", null)).tells())
        .isEqualTo(refused(103, Refusal.WRONG_CREDENTIALS));
    assertThat(room.joins(103, phone(103, null, "t0")).tells())
        .isEqualTo(refused(103, Refusal.TOKEN_USED));
    assertThat(room.joins(103, phone(103, "s1", null)).tells()).isEqualTo(room.introduction(3));
  }

  @Test
  void eachIsHandedTheOthersKeysAsTheyWereSent() {
    MacRoom room = withBoth();

    Tell.PhoneGranted toPhone = new Tell.PhoneGranted(socket(101), 3, socket(3), 0, macKeys(3));
    assertThat(room.registers(3).tells())
        .contains(new Tell.PhoneJoined(socket(3), connection(101), toPhone, phoneKeys(101)));
  }

  @Test
  void aMacThatComesAgainWhileItsOldSocketLingersMeetsThePhoneOnce() {
    MacRoom room = withBoth();

    Verdict verdict = room.registers(3);

    assertThat(verdict.tells())
        .as("the phone hears of no departure, only of the new Mac")
        .isEqualTo(
            listOf(
                replaced(1, "replaced by another connection"),
                listOf(new Tell.AgentGranted(socket(3), 3, true), room.introduction(3))));
    assertThat(room.leaves(1, CloseCause.PEER_DROPPED).tells()).isEmpty();
  }

  @Test
  void aMacThatDiedBeforeItToldOfTheNewSecretMeetsItsPhoneAgain() {
    MacRoom room = withBoth();
    room.leaves(1, CloseCause.PEER_DROPPED);

    assertThat(room.registers(3, MacRoom.mac(3, "s1")).tells())
        .isEqualTo(listOf(new Tell.AgentGranted(socket(3), 3, false), room.introduction(3)));
  }

  @Test
  void aPhoneStaysWhenItsMacLeavesAndIsToldWhy() {
    MacRoom room = withBoth();

    Verdict verdict = room.leaves(1, CloseCause.HEARTBEAT_TIMEOUT);

    assertThat(verdict.isPromise()).isFalse();
    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.AgentDetached(
                socket(1), connection(1), CloseCause.HEARTBEAT_TIMEOUT, 1001, null, START));
    assertThat(verdict.tells())
        .containsExactly(new Tell.AgentLeft(socket(101), 2, 0, CloseCause.HEARTBEAT_TIMEOUT));
    assertThat(room.phoneSocket()).contains(101L);
  }

  @Test
  void itWaitsForAsLongAsItLikes() {
    MacRoom room = withBoth();
    room.leaves(1, CloseCause.PEER_CLOSED);
    room.passes(Duration.ofDays(365));

    assertThat(room.then(room.arbiter().graceElapsed(socket(101), room.now())).tells()).isEmpty();
    assertThat(room.registers(3).tells())
        .isEqualTo(listOf(new Tell.AgentGranted(socket(3), 3, false), room.introduction(3)));
  }

  @Test
  void aMacIsToldThatItsPhoneLeft() {
    MacRoom room = withBoth();

    Verdict verdict = room.leaves(101, CloseCause.PEER_CLOSED);

    assertThat(verdict.tells())
        .containsExactly(
            new Tell.PhoneLeft(socket(1), 2, connection(101), false, CloseCause.PEER_CLOSED));
  }

  @Test
  void ofAPhoneThatLeftNothingIsKept() {
    MacRoom room = withBoth();
    Room before = MacRoom.withMac().room();

    room.leaves(101, CloseCause.PEER_CLOSED);

    assertThat(room.room()).isEqualTo(new Room(2, before.agent(), List.of(), before.registered()));
  }

  @Test
  void aMacThatLeavesKeepsItsRoom() {
    MacRoom room = withBoth();
    room.passes(Duration.ofMinutes(1));

    room.leaves(1, CloseCause.PEER_CLOSED);

    Registered known = requireNonNull(room.room().registered());
    assertThat(known.owner()).isEqualTo(MacRoom.OWNER);
    assertThat(known.lastSeen()).isEqualTo(START.plus(Duration.ofMinutes(1)));
  }

  @Test
  void everyArrivalBeginsAnEpochSoThatNoOldFrameIsHeard() {
    MacRoom room = given();

    room.registers(1);
    room.joins(101);
    room.joins(103);
    room.registers(3);
    room.registers(5);

    assertThat(room.room().epoch()).isEqualTo(5);
    assertThat(room.room().phones()).extracting(Slot::epoch).containsExactly(5L);
  }

  @Test
  void aLostEdgeIsTheEndOfItsSocketsOnly() {
    MacRoom room = withBoth();
    room.joins(104);

    Verdict verdict = room.then(room.arbiter().edgesLost(Set.of("edge-2"), START));

    assertThat(verdict.tells())
        .containsExactly(
            new Tell.PhoneLeft(socket(1), 3, connection(104), true, CloseCause.NODE_LOST));
    assertThat(room.macSocket()).contains(1L);
  }
}
