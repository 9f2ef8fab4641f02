package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.START;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relay.core.protocol.Keys;

/** What a room keeps lets nobody in who reads it, and is not in what the relay prints. */
class KeptSecretsTest {
  private static final String SENT =
      "7dc7b30ce4a90fb0ab57b53e5d763d8268b5675fe5237f40d2ab4c6950b9eb3c";

  @Test
  void whatIsKeptOfASecretIsAHashOfWhatWasSent() {
    assertThat(SecretHash.ofSent("").value())
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(SecretHash.ofSent(SENT).value()).doesNotContain(SENT);
  }

  @Test
  void aHashMatchesItselfAlone() {
    assertThat(SecretHash.ofSent(SENT).matches(SecretHash.ofSent(SENT))).isTrue();
    assertThat(SecretHash.ofSent(SENT).matches(SecretHash.ofSent(SENT + " "))).isFalse();
    assertThat(SecretHash.ofSent(SENT).matches(SecretHash.ofSent(SENT.toUpperCase(Locale.ROOT))))
        .isFalse();
  }

  @Test
  void whoShowsWhatIsKeptDoesNotShowTheSecret() {
    SecretHash kept = SecretHash.ofSent(SENT);

    assertThat(SecretHash.ofSent(kept.value()).matches(kept)).isFalse();
  }

  @Test
  void aHashOfAnotherKindIsRefusedAndNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretHash(SENT))
        .withMessageNotContaining(SENT);
  }

  @Test
  void aKeyIsNoLongerThanItMayBe() {
    String longest = "k".repeat(Keys.MAX_LENGTH);
    assertThat(new Keys(longest, longest, longest).publicKey()).hasSize(Keys.MAX_LENGTH);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Keys("", "", longest + "k"))
        .withMessageNotContaining(longest);
  }

  @Test
  void noneOfThemIsPrinted() {
    SecretHash secret = SecretHash.ofSent(SENT);
    Keys keys = new Keys("CANARY-public", "CANARY-nonce", "CANARY-ephemeral");
    PairingOffer offer = new PairingOffer(secret, 1);
    MacRoom room = MacRoom.given();
    Registration asked = new Registration(OWNER, secret, keys, offer);
    Verdict registered = room.registers(1, asked);
    JoinRequest joining = new JoinRequest(OWNER, keys, secret, secret);
    Verdict joined = room.joins(101, joining);
    Verdict fled = room.leaves(1, CloseCause.PEER_CLOSED);

    assertThat(
            Stream.of(
                    asked,
                    offer,
                    joining,
                    registered,
                    joined,
                    fled,
                    room.room(),
                    RoomSnapshot.of(room.room()),
                    new RegistrationEvent.AgentKeyReplaced("CANARY-other", START),
                    new RegistrationEvent.SecretRotated(secret, START))
                .map(Object::toString))
        .allSatisfy(
            it ->
                assertThat(it).doesNotContain(List.of("CANARY", secret.value().substring(8, 40))));
  }
}
