package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.START;
import static relay.core.room.MacRoom.TOKEN_LIFE;
import static relay.core.room.MacRoom.deadline;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.mac;
import static relay.core.room.MacRoom.macAttached;
import static relay.core.room.MacRoom.offered;
import static relay.core.room.MacRoom.offering;
import static relay.core.room.MacRoom.phone;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.registered;
import static relay.core.room.MacRoom.used;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pairing token lets in one phone, within its time (TermOnMac 4.7). */
class PairingTokenTest {

  private static MacRoom offeringRoom() {
    return given(registered(), offered("t0"), macAttached(1, 1));
  }

  private static MacRoom usedRoom() {
    return given(registered(), offered("t0"), used(), macAttached(1, 1));
  }

  private static List<Tell> joinBy(MacRoom room, String token) {
    return room.joins(101, phone(101, null, token)).tells();
  }

  @Test
  void aTokenIsKnownOnceItsMacRegistersWithIt() {
    MacRoom room = given();

    Verdict verdict = room.registers(1, offering(1, "t0", deadline()));

    assertThat(verdict.events())
        .contains(new RegistrationEvent.PairingOffered(hash("t0"), deadline(), START));
    assertThat(joinBy(room, "t0")).isEqualTo(room.introduction(2));
  }

  @Test
  void aTokenLetsInOnePhone() {
    MacRoom room = offeringRoom();
    joinBy(room, "t0");

    Verdict second = room.joins(103, phone(103, null, "t0"));

    assertThat(second.events()).isEmpty();
    assertThat(second.tells()).isEqualTo(refused(103, Refusal.TOKEN_USED));
    assertThat(room.phoneSocket()).contains(101L);
  }

  @Test
  void anotherTokenIsRefused() {
    assertThat(joinBy(offeringRoom(), "t1")).isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
  }

  @Test
  void aTokenEndsWithItsLastSecond() {
    MacRoom room = offeringRoom();
    room.passes(Duration.ofSeconds(TOKEN_LIFE).minusNanos(1));
    assertThat(joinBy(room, "t0")).isEqualTo(room.introduction(2));

    MacRoom late = offeringRoom();
    late.passes(Duration.ofSeconds(TOKEN_LIFE));
    assertThat(joinBy(late, "t0")).isEqualTo(refused(101, Refusal.TOKEN_EXPIRED));
  }

  @Test
  void aTokenWithoutAnEndHasNone() {
    MacRoom room = given();
    room.registers(1, offering(1, "t0", Long.MAX_VALUE));
    room.passes(Duration.ofDays(10_000));

    assertThat(joinBy(room, "t0")).isEqualTo(room.introduction(2));
  }

  @Test
  void aTokenThatIsOverIsAcceptedFromTheMacAndLetsInNobody() {
    MacRoom room = given();

    Verdict verdict = room.registers(1, offering(1, "t0", START.getEpochSecond() - 1));

    assertThat(verdict.tells()).hasOnlyElementsOfType(Tell.AgentGranted.class);
    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.TOKEN_EXPIRED));
  }

  @Test
  void theRightSecretLetsInWhateverTheToken() {
    for (String token : List.of("t0", "t1")) {
      MacRoom room = usedRoom();
      assertThat(room.joins(101, phone(101, "s0", token)).tells()).isEqualTo(room.introduction(2));
    }
    MacRoom late = offeringRoom();
    late.passes(Duration.ofDays(1));
    Verdict verdict = late.joins(101, phone(101, "s0", "t0"));
    assertThat(verdict.tells()).isEqualTo(late.introduction(2));
    assertThat(verdict.events()).hasOnlyElementsOfType(RoomEvent.PhoneAttached.class);
  }

  @Test
  void aGoodTokenIsUsedUpEvenBesideTheRightSecret() {
    MacRoom room = offeringRoom();

    assertThat(room.joins(101, phone(101, "s0", "t0")).events()).startsWith(used());
  }

  @Test
  void theSameTokenRegisteredAgainStaysUsed() {
    MacRoom room = usedRoom();

    assertThat(room.registers(3, offering(3, "t0", deadline())).events())
        .hasOnlyElementsOfTypes(RoomEvent.AgentDetached.class, RoomEvent.AgentAttached.class);
    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.TOKEN_USED));
  }

  @Test
  void itStaysUsedWithAnotherDeadlineToo() {
    MacRoom room = usedRoom();

    room.registers(3, offering(3, "t0", deadline() + 100));

    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.TOKEN_USED));
  }

  @Test
  void anotherTokenReplacesAUsedOneAndIsFresh() {
    MacRoom room = usedRoom();

    room.registers(3, offering(3, "t1", deadline()));

    assertThat(room.joins(103, phone(103, null, "t0")).tells())
        .isEqualTo(refused(103, Refusal.WRONG_CREDENTIALS));
    assertThat(joinBy(room, "t1")).isEqualTo(room.introduction(3));
  }

  @Test
  void aRegistrationWithoutATokenTakesItBack() {
    MacRoom room = offeringRoom();

    Verdict verdict = room.registers(3, mac(3, "s0"));

    assertThat(verdict.events()).startsWith(new RegistrationEvent.PairingWithdrawn(START));
    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.WRONG_CREDENTIALS));
  }

  @Test
  void aTokenThatWasTakenBackUnusedMayBeOfferedAgain() {
    MacRoom room = offeringRoom();
    room.registers(3, mac(3, "s0"));

    room.registers(5, offering(5, "t0", deadline()));

    assertThat(joinBy(room, "t0")).isEqualTo(room.introduction(4));
  }

  @Test
  void aUsedTokenStaysUsedThoughItsMacRegistersWithoutItInBetween() {
    MacRoom room = usedRoom();
    room.registersAgain(1, MacRoom.rotated(1, "s1"));
    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.TOKEN_USED));

    room.registers(3, offering(3, "t0", deadline()));

    assertThat(joinBy(room, "t0")).isEqualTo(refused(101, Refusal.TOKEN_USED));
  }
}
