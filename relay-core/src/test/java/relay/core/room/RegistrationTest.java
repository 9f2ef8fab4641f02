package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.MAC_KEY;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.START;
import static relay.core.room.MacRoom.STRANGER;
import static relay.core.room.MacRoom.connection;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.listOf;
import static relay.core.room.MacRoom.mac;
import static relay.core.room.MacRoom.macAttached;
import static relay.core.room.MacRoom.macKeys;
import static relay.core.room.MacRoom.macLeft;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.registered;
import static relay.core.room.MacRoom.replaced;
import static relay.core.room.MacRoom.rotated;
import static relay.core.room.MacRoom.socket;
import static relay.core.room.MacRoom.withBoth;
import static relay.core.room.MacRoom.withMac;

import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.protocol.Keys;

/** Who may register a room, and what that does to whoever was there (TermOnMac 4.4). */
class RegistrationTest {
  private static final String BY_ANOTHER = "replaced by another connection";

  @Test
  void theFirstToRegisterOwnsTheRoom() {
    MacRoom room = given();

    Verdict verdict = room.registers(1);

    assertThat(verdict.isPromise()).isTrue();
    assertThat(verdict.events())
        .containsExactly(
            new RegistrationEvent.RoomRegistered(OWNER, hash("s0"), MAC_KEY, START),
            new RoomEvent.AgentAttached(1, socket(1), connection(1), macKeys(1), START));
    assertThat(verdict.tells()).containsExactly(new Tell.AgentGranted(socket(1), 1, false));
  }

  @Test
  void itsMacComesBackWithoutRegisteringAnew() {
    MacRoom room = given(registered(), macAttached(1, 1), macLeft(1));

    Verdict verdict = room.registers(2);

    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.AgentAttached(2, socket(2), connection(2), macKeys(2), START));
    assertThat(verdict.tells()).containsExactly(new Tell.AgentGranted(socket(2), 2, false));
  }

  @Test
  void anotherSecretIsRefusedAndChangesNothing() {
    MacRoom room = withBoth();
    Registration other =
        new Registration(OWNER, hash("other"), new Keys("other-key", "n", "e"), null);

    Verdict verdict = room.registers(3, other);

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEqualTo(refused(3, Refusal.SECRET_MISMATCH));
  }

  @Test
  void aStrangerWithAnotherSecretIsToldOfTheSecretOnly() {
    MacRoom room = withMac();

    Verdict verdict =
        room.registers(3, new Registration(STRANGER, hash("other"), macKeys(3), null));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEqualTo(refused(3, Refusal.SECRET_MISMATCH));
  }

  @Test
  void anotherAccountWithTheRightSecretIsRefusedAndNotToldWhose() {
    MacRoom room = withMac();

    Verdict verdict = room.registers(3, new Registration(STRANGER, hash("s0"), macKeys(3), null));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEqualTo(refused(3, Refusal.ACCOUNT_MISMATCH));
  }

  @Test
  void aNewSocketReplacesTheOldOneInTheSameWrite() {
    MacRoom room = withMac();

    Verdict verdict = room.registers(3);

    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.AgentDetached(
                socket(1), connection(1), CloseCause.REPLACED, 4001, null, START),
            new RoomEvent.AgentAttached(2, socket(3), connection(3), macKeys(3), START));
    assertThat(verdict.tells())
        .containsExactly(replaced(1, BY_ANOTHER), new Tell.AgentGranted(socket(3), 2, true));
  }

  @Test
  void theLateCloseOfAReplacedSocketChangesNothing() {
    MacRoom room = withBoth();
    room.registers(3);
    Room before = room.room();

    Verdict verdict = room.leaves(1, CloseCause.PEER_DROPPED);

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEmpty();
    assertThat(room.room()).isEqualTo(before);
  }

  @Test
  void aReplacedSocketThatRegistersLateIsClosedInsteadOfTakingTheSlotBack() {
    MacRoom room = withMac();
    room.registers(3);

    Verdict verdict = room.registersAgain(1, rotated(1, "s1"));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).containsExactly(replaced(1, BY_ANOTHER));
    assertThat(room.macSocket()).contains(3L);
  }

  @Test
  void aRotationOnTheSameSocketIsGrantedAndIntroducesNobody() {
    MacRoom room = withBoth();

    Verdict verdict = room.registersAgain(1, rotated(1, "s1"));

    assertThat(verdict.isPromise()).isTrue();
    assertThat(verdict.events())
        .containsExactly(new RegistrationEvent.SecretRotated(hash("s1"), START));
    assertThat(verdict.tells())
        .as("the epoch that frames have now, which the phone's arrival has raised")
        .containsExactly(new Tell.AgentGranted(socket(1), 2, false));
  }

  @Test
  void aRotationLeavesTheEphemeralKeyAsItWas() {
    MacRoom room = withMac();

    room.registersAgain(1, rotated(1, "s1"));
    Verdict verdict = room.joins(101, MacRoom.phone(101, "s1", null));

    assertThat(verdict.tells()).isEqualTo(room.introduction(2));
    assertThat(room.room().agentHolder()).map(Slot::keys).contains(macKeys(1));
  }

  @Test
  void theSameRegistrationAgainIsGrantedAgainWithoutAnEvent() {
    MacRoom room = withMac();

    Verdict verdict = room.registers(1);

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).containsExactly(new Tell.AgentGranted(socket(1), 1, false));
  }

  @Test
  void whoeverAsksTheSameAgainMayHaveMissedItsPhoneAndIsToldOfItAgain() {
    MacRoom room = withBoth();

    Verdict verdict = room.registers(1);

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells())
        .isEqualTo(listOf(new Tell.AgentGranted(socket(1), 2, false), room.introduction(2)));
  }

  @Test
  void aMacThatBeginsAnewOnItsSocketIsIntroducedAnew() {
    MacRoom room = withBoth();
    Keys fresh = new Keys(MAC_KEY, "another-nonce", "another-ephemeral");

    Verdict verdict = room.registersAgain(1, new Registration(OWNER, hash("s0"), fresh, null));

    assertThat(verdict.events())
        .containsExactly(new RoomEvent.AgentAttached(3, socket(1), connection(1), fresh, START));
    assertThat(verdict.tells())
        .isEqualTo(listOf(new Tell.AgentGranted(socket(1), 3, false), room.introduction(3)));
  }

  @Test
  void aMacThatHadNoTimeToTellOfItsNewSecretIsLetIn() {
    MacRoom room = given(registered(), macAttached(1, 1), macLeft(1));

    Verdict verdict = room.registers(2, mac(2, "s1"));

    assertThat(verdict.events())
        .containsExactly(
            new RegistrationEvent.SecretRotated(hash("s1"), START),
            new RoomEvent.AgentAttached(2, socket(2), connection(2), macKeys(2), START));
    assertThat(verdict.tells()).containsExactly(new Tell.AgentGranted(socket(2), 2, false));
  }

  @Test
  void itIsLetInEvenWhileItsOldSocketLingers() {
    MacRoom room = withBoth();

    room.registers(3, mac(3, "s1"));

    assertThat(room.macSocket()).contains(3L);
    assertThat(room.phoneSocket()).contains(101L);
  }

  @Test
  void anotherMacWithTheSecretReplacesTheKeyAndTheHistorySaysSo() {
    MacRoom room = withMac();
    Keys other = new Keys("other-key", "n", "e");

    Verdict verdict = room.registers(3, new Registration(OWNER, hash("s0"), other, null));

    assertThat(verdict.events())
        .startsWith(new RegistrationEvent.AgentKeyReplaced("other-key", START));
    assertThat(room.registers(5, mac(5, "s1")).tells())
        .as("the old key opens nothing any more")
        .isEqualTo(refused(5, Refusal.SECRET_MISMATCH));
  }

  @Test
  void whoShowsNothingGetsNothing() {
    MacRoom room = withMac();

    List<Tell> mac =
        room.then(room.arbiter().attachAgent(new Claim(socket(3), "c"), START)).tells();
    List<Tell> phone =
        room.then(room.arbiter().attachPhone(new Claim(socket(101), "c"), START)).tells();

    assertThat(mac).isEqualTo(refused(3, Refusal.WRONG_CREDENTIALS));
    assertThat(phone).isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
  }

  @Test
  void aRegistrationThatIsRefusedLeavesThePairingTokenAlone() {
    MacRoom room = given(registered(), MacRoom.offered("t0"), macAttached(1, 1));

    room.registers(3, new Registration(STRANGER, hash("s0"), macKeys(3), null));

    assertThat(room.joins(101, MacRoom.phone(101, null, "t0")).tells())
        .isEqualTo(room.introduction(2));
  }
}
