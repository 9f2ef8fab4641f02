package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.endtoend.SessionRefusal;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.Peer.Closing;
import relay.http.testing.termonmac.PhonePeer;
import relay.http.testing.termonmac.ServerMessage.ErrorMessage;
import relay.http.testing.termonmac.ServerMessage.HeartbeatAck;
import relay.http.testing.termonmac.ServerMessage.PeerDisconnected;
import relay.http.testing.termonmac.ServerMessage.PeerJoined;
import relay.http.testing.termonmac.ServerMessage.Relay;
import relay.http.testing.termonmac.ServerMessage.RelayBatch;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/**
 * What breaks the real Mac when it is done wrong (TermOnMac 0.3), and what real clients do that
 * looks strange and is legal (9.3). That no Mac is told AUTH_FAILED, no phone is announced twice
 * and every number is an integer is checked whenever a peer is closed.
 */
interface TrapsContract {
  /** Towards a Mac, URLSession's default (TermOnMac 9.4). */
  int MAC_LIMIT = 1 << 20;

  RelayUnderTest relay();

  /** Trap 1: one wrong secret costs one room, and no loop of rooms. */
  @Test
  default void aMacWithAnotherSecretMovesToARoomOfItsOwnOnce() {
    TestAccount account = relay().newAccount();
    try (MacPeer first = relay().newMac(account);
        MacPeer second = new MacPeer(relay().macPort(), account.apiKey(), first.roomId())) {
      first.start();
      first.awaitRegistered();
      second.start();
      assertThat(second.expect(ErrorMessage.class).code()).isEqualTo("AUTH_FAILED");
      second.comeBack();
      assertThat(second.takeAbandonedRooms()).containsExactly(first.roomId());
      first.settle();
      assertThat(first.isRegistered()).isTrue();
    }
  }

  /** Trap 2: the second form keeps the ephemeral key, and announces nobody. */
  @Test
  default void rotatingTheSecretChangesNothingElse() {
    try (Couple couple = Couple.of(relay())) {
      assertThat(couple.mac().unread(PeerJoined.class)).isZero();
      couple.phone().leave();
      couple.phone().start();
      assertThat(couple.phone().expect(PeerJoined.class).peer().ephemeralKey()).isNotEmpty();
      couple.awaitTogether();
      couple.talk("still v2");
    }
  }

  /** Trap 4, and before registration. */
  @Test
  default void beatsAreAcknowledgedToWhomeverIsThere() {
    try (Couple couple = Couple.of(relay())) {
      couple.phone().pass(Duration.ofSeconds(3));
      HeartbeatAck here = couple.phone().expect(HeartbeatAck.class);
      assertThat(here.macConnected()).isTrue();
      assertThat(here.accountDeleted()).isFalse();
      couple.mac().leave();
      couple.phone().expect(PeerDisconnected.class);
      couple.phone().settle();
      couple.phone().forgetPast();
      couple.phone().pass(Duration.ofSeconds(3));
      assertThat(couple.phone().expect(HeartbeatAck.class).macConnected()).isFalse();
      assertThat(couple.phone().isConnected()).as("it waits").isTrue();
    }
  }

  /** Trap 7: a phone may join twice on one socket. */
  @Test
  default void aPhoneThatJoinsAgainOnItsSocketIsNotAnnouncedAgain() {
    try (Couple couple = Couple.of(relay())) {
      couple.phone().leave();
      couple.phone().start();
      couple.awaitTogether();
      couple.forgetPast();
      couple.phone().joinAgain();
      couple.phone().settle();
      couple.mac().settle();
      assertThat(couple.mac().unread(PeerJoined.class)).isZero();
      assertThat(couple.phone().isConnected() && couple.mac().isTogether()).isTrue();
    }
  }

  /** Trap 8: long towards the phone, short towards the Mac. */
  @Test
  default void longMessagesReachThePhoneAndNeverTheMac() {
    try (Couple couple = Couple.of(relay())) {
      String replay = "A".repeat(4 * MAC_LIMIT);
      couple.mac().send("{\"type\":\"relay\",\"payload\":\"" + replay + "\"}");
      assertThat(couple.phone().expect(Relay.class).payload()).isEqualTo(replay);

      String tooLong = "B".repeat(MAC_LIMIT);
      couple.phone().send("{\"type\":\"relay\",\"payload\":\"" + tooLong + "\"}");
      assertThat(couple.phone().expect(ErrorMessage.class).code()).isEqualTo("MESSAGE_TOO_LARGE");
      couple.talk("unharmed");
      assertThat(couple.mac().isTogether()).isTrue();
    }
  }

  @Test
  default void whatIsSentTogetherArrivesTogetherAndInOrder() {
    try (Couple couple = Couple.of(relay())) {
      for (int i = 0; i < 45; i++) {
        couple.mac().type("{\"type\":\"pty_data\",\"data\":\"line " + i + ".\"}");
      }
      couple.mac().pass(Duration.ofMillis(50));
      couple.phone().await("all of it", () -> couple.phone().screen().size() == 45);
      List<String> screen = couple.phone().screen();
      for (int i = 0; i < 45; i++) {
        assertThat(screen.get(i)).contains("line " + i + ".");
      }
      assertThat(couple.phone().expect(RelayBatch.class).payloads()).hasSize(20);
    }
  }

  /** Trap 9: other Macs of the account clean up after it. */
  @Test
  default void aRoomThatAnotherMacDeletedIsRegisteredAnew() {
    try (Couple couple = Couple.of(relay())) {
      String path = "/api/rooms/" + couple.mac().roomId();
      AccountCalls calls = relay().calls();
      AccountCalls.Answer refused = calls.delete(path, couple.account().apiKey());
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body().path("error").asText()).isEqualTo("ROOM_IN_USE");
      couple.talk("undisturbed");

      couple.mac().leave();
      couple.phone().expect(PeerDisconnected.class);
      assertThat(calls.delete(path, couple.account().apiKey()).status()).isEqualTo(200);
      couple.phone().expectClose();
      couple.mac().start();
      couple.mac().awaitRegistered();
      couple.phone().leave();
      couple.phone().start();
      couple.awaitTogether();
      couple.talk("as before");
    }
  }

  /** 9.3: a phone its Mac does not know any more would make it reconnect for ever. */
  @Test
  default void aPhoneThatItsMacKeepsRefusingIsSentAway() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().forgetPhones();
      couple
          .mac()
          .comeBackUntil(
              "the phone to be sent away", () -> couple.phone().past().contains("code=4003"));
      assertThat(couple.mac().refusals()).contains(SessionRefusal.UNTRUSTED).hasSizeLessThan(9);
      couple.mac().comeBack();
      couple.mac().settle();
      assertThat(couple.mac().isRegistered()).isTrue();
    }
  }

  /** 9.3: the same phone on another network, whose first socket has not ended yet. */
  @Test
  default void aPhoneThatChangesNetworksMeetsItsMacAgain() {
    try (Couple couple = Couple.of(relay())) {
      couple.phone().dialAside();
      assertThat(couple.phone().expectLingeringClose().code()).isEqualTo(4001);
      couple.phone().expect(PeerJoined.class);
      couple.mac().expect(PeerJoined.class);
      couple.awaitTogether();
      couple.talk("moved");
    }
  }

  /** 9.3: {@code pair} while a phone is attached connects the daemon anew. */
  @Test
  default void showingACodeDisturbsNobodyForLong() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().pair();
      couple.mac().awaitRegistered();
      couple.phone().expect(PeerJoined.class);
      couple.awaitTogether();
      couple.talk("shown");
    }
  }

  @Test
  default void aMacThatRegistersLateFindsThePhoneThatWaits() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().leave();
      couple.phone().leave();
      couple.phone().forgetPast();
      couple.phone().start();
      couple.phone().await("a joined phone", couple.phone()::isConnected);
      couple.phone().settle();
      couple.mac().start();
      couple.awaitTogether();
      couple.talk("at last");
    }
  }

  @Test
  default void aPhoneOfAnotherAccountIsToldWhoseTheRoomIs() {
    TestAccount stranger = relay().newAccount();
    try (Couple couple = Couple.of(relay())) {
      couple.phone().leave();
      couple.phone().signIn(stranger.apiKey());
      couple.phone().forgetPast();
      couple.phone().start();
      ErrorMessage mismatch = couple.phone().expect(ErrorMessage.class);
      assertThat(mismatch.code()).isEqualTo("ACCOUNT_MISMATCH");
      assertThat(mismatch.macEmail()).contains(couple.account().email());
      assertThat(mismatch.iosEmail()).contains(stranger.email());
      assertThat(couple.phone().expectClose().code()).isEqualTo(4003);
      couple.mac().settle();
      assertThat(couple.mac().unread(PeerJoined.class)).isZero();
    }
  }

  /** A Mac of another account is told, keeps its socket, gives up after 10 s and comes back. */
  @Test
  default void aMacOfAnotherAccountIsNotTheOwner() {
    TestAccount stranger = relay().newAccount();
    try (Couple couple = Couple.of(relay());
        MacPeer other = couple.mac().twin(relay().macPort(), stranger.apiKey())) {
      other.start();
      ErrorMessage mismatch = other.expect(ErrorMessage.class);
      assertThat(mismatch.code()).isEqualTo("ACCOUNT_MISMATCH");
      assertThat(mismatch.macEmail().isPresent() || mismatch.iosEmail().isPresent()).isTrue();
      assertThat(mismatch.toString()).doesNotContain(couple.account().email());
      other.settle();
      assertThat(other.isConnected()).isTrue();
      other.pass(Duration.ofSeconds(10));
      assertThat(other.untilRedial()).contains(Duration.ofMillis(500));
      couple.talk("undisturbed");
    }
  }

  /** Two daemons with one file fight; each of them wins in turn, and the phone follows. */
  @Test
  default void twoDaemonsOfOneRoomTakeTurns() {
    try (Couple couple = Couple.of(relay());
        MacPeer twin = couple.mac().twin(relay().macPort(), couple.account().apiKey())) {
      twin.start();
      twin.awaitTogether();
      assertThat(couple.mac().expectClose().code()).isEqualTo(4001);
      couple.mac().comeBack();
      couple.mac().awaitTogether();
      assertThat(twin.expectClose().code()).isEqualTo(4001);
    }
  }

  /** 9.3: a phone nobody knows. */
  @Test
  default void aPhoneWithoutARoomIsTurnedAway() {
    TestAccount account = relay().newAccount();
    try (MacPeer never = relay().newMac(account);
        PhonePeer phone = PhonePeer.scanning(relay().phonePort(), account.apiKey(), never.pair())) {
      phone.start();
      assertThat(phone.expect(ErrorMessage.class).code()).isEqualTo("ROOM_NOT_FOUND");
      assertThat(phone.expectClose()).extracting(Closing::code).isEqualTo(4003);
    }
  }
}
