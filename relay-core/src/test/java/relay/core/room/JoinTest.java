package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.PHONE_KEY;
import static relay.core.room.MacRoom.START;
import static relay.core.room.MacRoom.STRANGER;
import static relay.core.room.MacRoom.connection;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.listOf;
import static relay.core.room.MacRoom.macAttached;
import static relay.core.room.MacRoom.macLeft;
import static relay.core.room.MacRoom.offered;
import static relay.core.room.MacRoom.phone;
import static relay.core.room.MacRoom.phoneKeys;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.registered;
import static relay.core.room.MacRoom.replaced;
import static relay.core.room.MacRoom.socket;
import static relay.core.room.MacRoom.used;
import static relay.core.room.MacRoom.withBoth;
import static relay.core.room.MacRoom.withMac;

import org.junit.jupiter.api.Test;
import relay.core.protocol.Keys;

/** Which phone may join a room, and what becomes of the one that was there (TermOnMac 4.5). */
class JoinTest {
  private static final String BY_ANOTHER = "replaced by another device";

  @Test
  void aRoomNobodyHasRegisteredIsNotThere() {
    assertThat(given().joins(101).tells()).isEqualTo(refused(101, Refusal.UNKNOWN_ROOM));
  }

  @Test
  void aPhoneWithTheSecretIsIntroduced() {
    MacRoom room = withMac();

    Verdict verdict = room.joins(101);

    assertThat(verdict.isPromise()).isTrue();
    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.PhoneAttached(2, socket(101), connection(101), phoneKeys(101), START));
    assertThat(verdict.tells()).isEqualTo(room.introduction(2));
  }

  @Test
  void aPhoneWithTheTokenAloneIsIntroducedThoughItHasNoNonceAndNoEphemeralKey() {
    MacRoom room = given(registered(), offered("t0"), macAttached(1, 1));
    JoinRequest asked = new JoinRequest(OWNER, new Keys(PHONE_KEY, "", ""), null, hash("t0"));

    Verdict verdict = room.joins(101, asked);

    assertThat(verdict.events()).startsWith(used());
    assertThat(verdict.tells()).isEqualTo(room.introduction(2));
  }

  @Test
  void aPhoneWaitsForAMacThatIsNotThere() {
    MacRoom room = given(registered(), macAttached(1, 1), macLeft(1));

    Verdict verdict = room.joins(101);

    assertThat(verdict.events()).hasSize(1);
    assertThat(verdict.tells()).containsExactly(new Tell.PhoneGranted(socket(101), 2, null, 0));
    assertThat(room.registers(3).tells())
        .isEqualTo(listOf(new Tell.AgentGranted(socket(3), 3, false), room.introduction(3)));
  }

  @Test
  void aWrongSecretIsRefused() {
    MacRoom room = withBoth();

    Verdict verdict = room.joins(103, phone(103, "wrong", null));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEqualTo(refused(103, Refusal.WRONG_CREDENTIALS));
    assertThat(room.phoneSocket()).contains(101L);
  }

  @Test
  void whoShowsNeitherSecretNorTokenIsRefused() {
    assertThat(withMac().joins(101, phone(101, null, null)).tells())
        .isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
  }

  @Test
  void theSecretBeforeTheLatestOpensNothing() {
    MacRoom room = withMac();
    room.registersAgain(1, MacRoom.rotated(1, "s1"));

    assertThat(room.joins(101, phone(101, "s0", null)).tells())
        .isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
    assertThat(room.joins(103, phone(103, "s1", null)).tells()).isEqualTo(room.introduction(2));
  }

  @Test
  void anotherAccountWithTheSecretIsRefusedAndToldWhose() {
    MacRoom room = withMac();

    Verdict verdict = room.joins(101, new JoinRequest(STRANGER, phoneKeys(101), hash("s0"), null));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells())
        .containsExactly(new Tell.Refused(socket(101), Refusal.ACCOUNT_MISMATCH, OWNER));
  }

  @Test
  void anotherAccountWithoutASecretIsNotToldWhose() {
    assertThat(
            withMac()
                .joins(101, new JoinRequest(STRANGER, phoneKeys(101), hash("wrong"), null))
                .tells())
        .isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
  }

  @Test
  void anotherAccountUsesNoTokenUp() {
    MacRoom room = given(registered(), offered("t0"), macAttached(1, 1));

    room.joins(101, new JoinRequest(STRANGER, phoneKeys(101), null, hash("t0")));

    assertThat(room.joins(103, phone(103, null, "t0")).events()).startsWith(used());
  }

  @Test
  void theNewestPhoneReplacesTheOneBeforeInTheSameWrite() {
    MacRoom room = withBoth();

    Verdict verdict = room.joins(103);

    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.PhoneDetached(
                socket(101), connection(101), CloseCause.REPLACED, 4001, START),
            new RoomEvent.PhoneAttached(3, socket(103), connection(103), phoneKeys(103), START));
    assertThat(verdict.tells())
        .as("the Mac hears of no departure, only of the new phone")
        .isEqualTo(listOf(replaced(101, BY_ANOTHER), room.introduction(3)));
  }

  @Test
  void theLateCloseOfAReplacedPhoneChangesNothing() {
    MacRoom room = withBoth();
    room.joins(103);
    Room before = room.room();

    Verdict verdict = room.leaves(101, CloseCause.PEER_DROPPED);

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).isEmpty();
    assertThat(room.room()).isEqualTo(before);
  }

  @Test
  void aReplacedPhoneThatJoinsAgainLateIsClosedInsteadOfTakingTheSlotBack() {
    MacRoom room = withBoth();
    room.joins(103);

    Verdict verdict = room.joinsAgain(101, phone(101, "s0", null));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells()).containsExactly(replaced(101, BY_ANOTHER));
    assertThat(room.phoneSocket()).contains(103L);
  }

  @Test
  void aRefusedPhoneMayTryAgainOnItsSocket() {
    MacRoom room = withMac();
    room.joins(101, phone(101, "wrong", null));

    assertThat(room.joins(101).tells()).isEqualTo(room.introduction(2));
  }

  @Test
  void theSameJoinAgainIsAnsweredFromTheSameEpochWithoutAnEvent() {
    MacRoom room = given(registered(), offered("t0"), macAttached(1, 1));
    Verdict first = room.joins(101, phone(101, null, "t0"));

    Verdict verdict = room.joinsAgain(101, phone(101, null, "t0"));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells())
        .as("its token has let it in, and need not do so twice")
        .isEqualTo(first.tells());
  }

  @Test
  void aPhoneThatBeginsAnewOnItsSocketIsIntroducedAnew() {
    MacRoom room = withBoth();
    Keys fresh = new Keys(PHONE_KEY, "another-nonce", "another-ephemeral");

    Verdict verdict = room.joinsAgain(101, new JoinRequest(OWNER, fresh, hash("s0"), null));

    assertThat(verdict.events())
        .containsExactly(
            new RoomEvent.PhoneAttached(3, socket(101), connection(101), fresh, START));
    assertThat(verdict.tells()).isEqualTo(room.introduction(3));
    assertThat(room.room().phones()).hasSize(1);
  }
}
