package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.endtoend.SessionEffect.Authenticated;
import relay.core.endtoend.SessionEffect.Heard;
import relay.core.endtoend.SessionEffect.Persist;
import relay.core.endtoend.SessionEffect.Refuse;
import relay.core.endtoend.SessionEffect.RegisterAgain;

/** Both sides of TermOnMac 10.5, with an honest relay between them. */
class HandshakeTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPhoneIsPairedAndTheSecretRotates(boolean isBound) {
    Ends ends = Ends.pairing(isBound);
    RoomSecret first = ends.mac.memory().secret();
    ends.meet().settle();

    assertThat(ends.atMac)
        .containsExactly(new Persist(), new Authenticated(), new Persist(), new RegisterAgain());
    assertThat(ends.atPhone).containsExactly(new Persist(), new Authenticated(), new Persist());
    MacMemory mac = ends.mac.memory();
    assertThat(mac.secret()).isNotEqualTo(first);
    assertThat(mac.isRotated()).isTrue();
    assertThat(mac.token()).isEmpty();
    assertThat(mac.devices().devices())
        .singleElement()
        .isEqualTo(new TrustedDevice(ends.phoneIntroduction.publicKey(), ends.now, isBound));
    assertThat(ends.phone.memory().token()).isEmpty();
    assertThat(ends.phone.memory().secrets()).containsExactly(mac.secret(), first);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKnownPhoneComesBackWithTheSecret(boolean isBound) {
    Ends ends = Ends.paired(isBound);
    RoomSecret secret = ends.mac.memory().secret();
    ends.meet().settle();

    assertThat(ends.atMac).containsExactly(new Persist(), new Authenticated());
    assertThat(ends.atPhone).containsExactly(new Persist(), new Authenticated());
    assertThat(ends.mac.memory().secret()).isEqualTo(secret);
    assertThat(ends.phone.memory().secrets()).containsExactly(secret);
  }

  @Test
  void bothTalkOnceTheyAreAuthenticated() {
    Ends ends = Ends.paired(true);
    assertThatIllegalStateException().isThrownBy(() -> ends.mac.seal("{}"));
    assertThatIllegalStateException().isThrownBy(() -> ends.phone.seal("{}"));
    ends.meet().settle();

    assertThat(ends.phone.received(ends.mac.seal("{\"type\":\"pty_data\"}")))
        .containsExactly(new Heard("{\"type\":\"pty_data\"}"));
    assertThat(ends.mac.received(ends.phone.seal("{\"type\":\"pty_input\"}"), ends.now))
        .containsExactly(new Heard("{\"type\":\"pty_input\"}"));
  }

  @Test
  void aKnownPhoneIsPairedAgainByAToken() {
    Ends ends = Ends.paired(false);
    PairingToken token = PairingToken.generate(ends.now, Ends.RANDOM);
    QrPayload shown =
        new QrPayload(
            "ws://relay", "ROOM", ends.macIntroduction.publicKey(), token, Optional.empty(), false);
    ends.connect(ends.mac.memory().pairingWith(token), ends.phone.memory().pairingWith(shown));
    ends.meet().settle();

    assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
    assertThat(ends.mac.memory().devices().devices()).hasSize(1);
    assertThat(ends.phone.memory().secrets()).containsExactly(ends.mac.memory().secret());
  }

  @Test
  void aPhoneThatNeverChallengesIsOfTheOlderKind() {
    Ends ends = Ends.paired(false);
    ends.meet();
    ends.carryToPhone();
    ends.carryToMac();
    assertThat(ends.pass(Duration.ofSeconds(9)).mac.isAuthenticated()).isFalse();
    assertThat(ends.pass(Duration.ofSeconds(1)).mac.isAuthenticated()).isTrue();

    ends.settle();
    assertThat(ends.phone.isAuthenticated())
        .as("its challenge came late, and is answered")
        .isTrue();
    assertThat(ends.atMac).containsOnlyOnce(new Authenticated());
  }

  @Test
  void aSecretThatIsNotAcknowledgedInTimeIsGivenUp() {
    Ends ends = Ends.pairing(true);
    RoomSecret first = ends.mac.memory().secret();
    ends.meet();
    while (!ends.phone.isAuthenticated()) {
      ends.carryToPhone();
      if (!ends.phone.isAuthenticated()) {
        ends.carryToMac();
      }
    }
    assertThat(ends.mac.deadline()).contains(ends.now.plusSeconds(10));
    ends.pass(Duration.ofSeconds(10)).settle();

    assertThat(ends.mac.memory().secret()).isEqualTo(first);
    assertThat(ends.mac.memory().isRotated()).isFalse();
    assertThat(ends.phone.memory().secrets()).hasSize(2).endsWith(first);
    ends.phone.turnedAway();
    ends.reconnect().meet().settle();
    assertThat(ends.phone.isAuthenticated()).as("the phone tried the older secret").isTrue();
    assertThat(ends.phone.memory().secrets()).startsWith(ends.mac.memory().secret());
  }

  @Test
  void aPhoneWhoseProofIsNotTakenTriesItsOtherSecret() {
    Ends ends = Ends.pairing(false);
    MacMemory before = ends.mac.memory();
    ends.meet().settle();
    MacMemory lostTheNews =
        new MacMemory(before.secret(), false, ends.mac.memory().devices(), Optional.empty());
    ends.connect(lostTheNews, ends.phone.memory());
    ends.meet().settle();
    assertThat(ends.atMac).contains(new Refuse(SessionRefusal.WRONG_PROOF));

    assertThat(ends.phone.left()).containsExactly(new Persist());
    ends.reconnect().meet().settle();
    assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
  }

  @Test
  void aPhoneWhoseOwnConnectionEndsBeforeItsProofIsTakenTriesTheSameAgain() {
    Ends ends = Ends.paired(false);
    PhoneMemory before = ends.phone.memory();
    ends.meet();
    ends.carryToPhone();

    ends.phone.disconnected();

    assertThat(ends.phone.memory()).isEqualTo(before);
    ends.reconnect().meet().settle();
    assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
  }

  @Test
  void aPhoneWithAStaleTokenFallsBackOnItsSecret() {
    Ends ends = Ends.paired(false);
    PhoneMemory stale =
        new PhoneMemory(
            ends.phone.memory().macKey(),
            false,
            Optional.of(PairingToken.generate(ends.now, Ends.RANDOM)),
            ends.phone.memory().secrets());
    ends.connect(ends.mac.memory(), stale);
    ends.phone.turnedAway();
    assertThat(ends.phone.memory().proof()).isEqualTo(ends.mac.memory().secret());
    ends.phone.turnedAway();
    assertThat(ends.phone.memory().proof())
        .as("then the older one")
        .isNotEqualTo(ends.mac.memory().secret());
  }

  @Test
  void anAnnouncementThatIsRepeatedWhileAChallengeIsPendingChangesNothing() {
    Ends ends = Ends.paired(false);
    ends.meet();
    assertThat(ends.mac.introduced(ends.phoneIntroduction, ends.now)).isEmpty();
    assertThat(ends.phone.introduced(ends.macIntroduction)).isEmpty();
    ends.settle();
    assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
  }

  @Test
  void aNewAnnouncementBeginsAgainAndEndsWhatWas() {
    Ends ends = Ends.paired(false);
    ends.meet().settle();
    assertThat(ends.mac.introduced(ends.phoneIntroduction, ends.now)).hasSize(1);
    assertThat(ends.mac.isAuthenticated()).isFalse();

    ConnectionKeys other = ConnectionKeys.fresh(ends.phoneIdentity, Ends.RANDOM);
    assertThat(ends.mac.introduced(other.introduction(), ends.now))
        .as("another connection of the phone takes a pending one's place")
        .hasSize(1);
  }

  @Test
  void whoeverLeavesIsNotHeardAnyMore() {
    Ends ends = Ends.paired(false);
    ends.meet().settle();
    String late = ends.phone.seal("{\"type\":\"pty_input\"}");
    ends.mac.left();
    assertThat(ends.mac.isAuthenticated()).isFalse();
    assertThat(ends.mac.received(late, ends.now)).isEmpty();
  }

  @Test
  void clientsOfEveryAgeMeet() {
    for (ConnectionKeys old :
        List.of(
            ConnectionKeys.lasting(Ends.pairing(false).phoneIdentity, ""),
            ConnectionKeys.lasting(Ends.pairing(false).phoneIdentity, "bm9uY2U="))) {
      Ends ends = Ends.pairing(false);
      ends.connect(ends.phone.memory(), old);
      ends.meet().settle();
      assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
    }
  }
}
