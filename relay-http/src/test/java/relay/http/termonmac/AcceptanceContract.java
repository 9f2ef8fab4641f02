package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.endtoend.PairingToken;
import relay.core.endtoend.PhoneMemory;
import relay.core.endtoend.QrPayload;
import relay.core.endtoend.RoomSecret;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.Peer.Closing;
import relay.http.testing.termonmac.PhonePeer;
import relay.http.testing.termonmac.ServerMessage.ErrorMessage;
import relay.http.testing.termonmac.ServerMessage.HeartbeatAck;
import relay.http.testing.termonmac.ServerMessage.PeerDisconnected;
import relay.http.testing.termonmac.ServerMessage.PeerJoined;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** The checklist of TermOnMac 12.4, in its order, and the timelines of appendix B. */
interface AcceptanceContract {
  RelayUnderTest relay();

  @Test
  default void aMacRegistersAndItsBeatsAreAcknowledged() {
    try (MacPeer mac = relay().newMac(relay().newAccount())) {
      mac.start();
      assertThat(mac.expect(RoomRegistered.class).roomId()).isEqualTo(mac.roomId());
      for (int i = 0; i < 3; i++) {
        mac.pass(Duration.ofSeconds(30));
        assertThat(mac.expect(HeartbeatAck.class).macConnected()).isTrue();
      }
    }
  }

  @Test
  default void theStartUpCallListsTheAccountsRooms() {
    TestAccount account = relay().newAccount();
    try (MacPeer mac = relay().newMac(account)) {
      mac.start();
      mac.awaitRegistered();
      AccountCalls.Answer answer = relay().calls().get("/api/rooms", account.apiKey());
      assertThat(answer.body().path("limit").isInt()).isTrue();
      assertThat(answer.body().path("tier").asText()).isEqualTo("free");
      JsonNode room = answer.body().path("rooms").path(0);
      assertThat(room.path("room_id").asText()).isEqualTo(mac.roomId());
      assertThat(room.path("mac_connected")).isEqualTo(JsonNodes.TRUE);
      assertThat(room.path("ios_connected")).isEqualTo(JsonNodes.FALSE);
      assertThat(room.path("last_seen").isIntegralNumber()).isTrue();
    }
  }

  @Test
  default void aPhonePairsTheSecretRotatesAndOnlyTheNewOneIsGood() {
    try (Couple couple = Couple.of(relay())) {
      PhonePeer phone = couple.phone();
      List<RoomSecret> secrets = phone.memory().secrets();
      assertThat(secrets).hasSize(2).startsWith(couple.mac().memory().secret());
      couple.talk("paired");

      phone.leave();
      phone.start();
      couple.awaitTogether();
      couple.talk("again");

      phone.leave();
      PhoneMemory known = phone.memory();
      phone.remember(
          new PhoneMemory(
              known.macKey(), known.isBound(), known.token(), List.of(secrets.getLast())));
      phone.forgetPast();
      phone.start();
      assertThat(phone.expect(ErrorMessage.class).code()).isEqualTo("AUTH_FAILED");
      assertThat(phone.expectClose().code()).isEqualTo(4003);
    }
  }

  @Test
  default void aTokenIsGoodOnce() {
    try (Couple couple = Couple.of(relay())) {
      QrPayload shown = couple.mac().pair();
      couple.mac().awaitRegistered();
      try (PhonePeer first = couple.scan(relay(), shown);
          PhonePeer late = couple.scan(relay(), shown)) {
        first.start();
        first.awaitTogether();
        late.start();
        ErrorMessage used = late.expect(ErrorMessage.class);
        assertThat(used.code()).isEqualTo("AUTH_FAILED");
        assertThat(used.message()).isEqualTo("Pairing token already used");
        assertThat(late.expectClose()).isEqualTo(new Closing(4003, "pairing token already used"));
        couple.mac().settle();
        assertThat(couple.mac().isTogether()).as("nobody else noticed").isTrue();
      }
    }
  }

  @Test
  default void aTokenIsNotGoodAfterItsPairing() {
    try (Couple couple = Couple.of(relay());
        PhonePeer late = couple.scan(relay(), couple.shown())) {
      late.start();
      assertThat(late.expect(ErrorMessage.class).code()).isEqualTo("AUTH_FAILED");
      assertThat(late.expectClose().code()).isEqualTo(4003);
      assertThat(couple.phone().isTogether()).isTrue();
    }
  }

  @Test
  default void aTokenThatHasExpiredIsNotGood() {
    TestAccount account = relay().newAccount();
    try (MacPeer mac = relay().newMac(account)) {
      QrPayload shown =
          mac.pairWith(
              new PairingToken("ABCDEFGHabcdefgh0123456789XYZxyz", Instant.now().minusSeconds(1)));
      mac.start();
      mac.awaitRegistered();
      try (PhonePeer phone = PhonePeer.scanning(relay().phonePort(), account.apiKey(), shown)) {
        phone.start();
        assertThat(phone.expect(ErrorMessage.class).code()).isEqualTo("AUTH_FAILED");
        assertThat(phone.expectClose().code()).isEqualTo(4003);
      }
    }
  }

  @Test
  default void aSecondPhoneTakesTheFirstOnesPlace() {
    try (Couple couple = Couple.of(relay());
        PhonePeer second = couple.pairAnother(relay())) {
      assertThat(couple.phone().expectClose().code()).isEqualTo(4001);
      couple.mac().awaitTogether();

      second.leave();
      couple.mac().expect(PeerDisconnected.class);
      couple.phone().start();
      couple.awaitTogether();
      couple.talk("back");
    }
  }

  @Test
  default void aMacThatChangesNetworksMeetsItsPhoneAgain() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().dialAside();
      assertThat(couple.mac().expectLingeringClose().code()).isEqualTo(4001);
      couple.mac().expect(PeerJoined.class);
      couple.phone().expect(PeerJoined.class);
      couple.awaitTogether();
      couple.talk("moved");
      assertThat(couple.phone().past()).as("the old one's end").doesNotContain("PeerDisconnected");
    }
  }

  @Test
  default void aMacWithoutItsPhoneIsToldSo() {
    try (Couple couple = Couple.of(relay())) {
      couple.phone().drop();
      assertThat(couple.mac().expect(PeerDisconnected.class).reason()).isEqualTo("client_left");
      couple.mac().send("{\"type\":\"relay\",\"payload\":\"bm9ib2R5\"}");
      ErrorMessage nobody = couple.mac().expect(ErrorMessage.class);
      assertThat(nobody.code()).isEqualTo("NO_PEER");
      assertThat(nobody.message()).isEqualTo("Peer not connected");
      assertThat(couple.mac().isRegistered()).isTrue();
    }
  }

  @Test
  default void refreshingTwiceGivesTheSameAnswer() {
    TestAccount account = relay().newAccount();
    AccountCalls.Answer first = relay().calls().refresh(account.refreshToken());
    AccountCalls.Answer second = relay().calls().refresh(account.refreshToken());
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().path("api_key").asText()).matches("rdkey_[0-9a-f]{32}");
    assertThat(first.body().path("refresh_token").asText()).matches("rdrt_[0-9a-f]{128}");
    assertThat(second.text()).isEqualTo(first.text());
  }

  /** B4: the Mac has stored the new secret, and the relay has not been told. */
  @Test
  default void aMacThatDiesWhileItsSecretRotatesKeepsItsPhones() {
    TestAccount account = relay().newAccount();
    try (MacPeer mac = relay().newMac(account)) {
      QrPayload shown = mac.pair();
      mac.dieBeforeRegisteringAgain();
      mac.start();
      mac.awaitRegistered();
      try (PhonePeer phone = PhonePeer.scanning(relay().phonePort(), account.apiKey(), shown)) {
        phone.start();
        phone.expect(PeerDisconnected.class);
        assertThat(mac.memory().isRotated()).isTrue();
        mac.start();
        mac.awaitRegistered();
        phone.awaitTogether();
        phone.leave();
        phone.start();
        phone.awaitTogether();
        mac.awaitTogether();
      }
    }
  }
}
