package relay.http.testing.termonmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.endtoend.QrPayload;
import relay.http.testing.termonmac.ServerMessage.PeerJoined;
import relay.http.testing.termonmac.ServerMessage.RelayBatch;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;

/** A Mac and a phone for tests understand each other through the simplest of relays. */
class PeersTest {
  private final OneRoomStub relay = new OneRoomStub();
  private final MacPeer mac = new MacPeer(relay::port, "rdkey_test", "ROOM");

  @AfterEach
  void stop() {
    relay.close();
  }

  private PhonePeer paired() {
    QrPayload shown = mac.pair();
    mac.start();
    mac.awaitRegistered();
    PhonePeer phone = PhonePeer.scanning(relay::port, "rdkey_test", shown);
    phone.start();
    phone.awaitTogether();
    mac.awaitTogether();
    mac.await("the new secret's registration", () -> mac.memory().isRotated());
    mac.expect(RoomRegistered.class);
    mac.expect(RoomRegistered.class);
    return phone;
  }

  @Test
  void theyPairAndRotateTheSecret() {
    try (PhonePeer phone = paired();
        mac) {
      List<JsonNode> registrations = List.copyOf(relay.registrations());
      assertThat(registrations).hasSize(2);
      assertThat(registrations.getFirst().has("pairing_token_hash")).isTrue();
      JsonNode second = registrations.getLast();
      assertThat(second.path("ephemeral_key").asText("missing")).isEmpty();
      assertThat(second.path("secret_hash").asText()).isEqualTo(mac.memory().secret().hash());
      assertThat(second.has("pairing_token_hash")).isFalse();
      assertThat(phone.memory().secrets()).startsWith(mac.memory().secret());
    }
  }

  @Test
  void theyTalk() {
    try (PhonePeer phone = paired();
        mac) {
      phone.type("{\"type\":\"pty_input\",\"data\":\"bHM=\"}");
      mac.await("what was typed", () -> !mac.typed().isEmpty());
      for (int i = 0; i < 21; i++) {
        mac.type("{\"type\":\"pty_data\",\"offset\":" + i + "}");
      }
      assertThat(phone.expect(RelayBatch.class).payloads()).hasSize(20);
      mac.pass(Duration.ofMillis(50));
      phone.await("the last", () -> phone.screen().size() == 21);
      assertThat(phone.screen().getLast()).contains("20");
    }
  }

  @Test
  void whatIsTypedWhileTheMacIsAwayArrivesLater() {
    try (PhonePeer phone = paired();
        mac) {
      relay.toPhone("{\"type\":\"peer_disconnected\",\"reason\":\"client_left\"}");
      phone.expect(ServerMessage.PeerDisconnected.class);
      phone.type("{\"type\":\"pty_input\",\"data\":\"later\"}");
      mac.restart();
      mac.awaitTogether();
      mac.await("what was typed", () -> mac.typed().toString().contains("later"));
    }
  }

  @Test
  void aPhoneThatWasReplacedStaysAway() {
    try (PhonePeer phone = paired();
        mac) {
      relay.closePhone(4001);
      assertThat(phone.expectClose().code()).isEqualTo(4001);
      assertThat(phone.untilRedial()).isEmpty();
    }
  }

  @Test
  void aPhoneThatIsTurnedAwayTriesItsOlderSecretOnce() {
    try (PhonePeer phone = paired();
        mac) {
      String newer = phone.memory().proof().hash();
      relay.toPhone("{\"type\":\"error\",\"code\":\"AUTH_FAILED\",\"message\":\"no\"}");
      relay.closePhone(4003);
      phone.expectClose();
      phone.pass(Backoff.FIRST);
      phone.expect(PeerJoined.class);
      List<String> hashes =
          relay.joins().stream().map(it -> it.path("secret_hash").asText()).toList();
      assertThat(hashes.getLast()).isNotEmpty().isNotEqualTo(newer);
      phone.leave();
    }
  }

  @Test
  void anAnnouncementThatComesTwiceIsAComplaint() {
    try (PhonePeer phone = paired()) {
      JsonNode join = relay.joins().element();
      relay.toMac(
          "{\"type\":\"peer_joined\",\"public_key\":\"%s\",\"session_nonce\":\"%s\",\"ephemeral_key\":\"%s\"}"
              .formatted(
                  join.path("public_key").asText(),
                  join.path("session_nonce").asText(),
                  join.path("ephemeral_key").asText()));
      mac.expect(PeerJoined.class);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(mac::close)
          .withMessageContaining("announced twice");
      assertThat(phone.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"room_registered\",\"room_id\":\"R\",\"max_sessions\":1.0}",
        "{\"type\":\"room_registered\",\"room_id\":\"R\",\"max_sessions\":\"32\"}",
        "{\"type\":\"room_registered\"}",
        "{\"type\":\"quota_exceeded\",\"usage\":1.5,\"limit\":1,\"period\":\"p\",\"resets_at\":\"r\"}",
        "{\"type\":\"error\",\"code\":\"X\"}",
        "{\"type\":\"error\",\"code\":null,\"message\":\"m\"}",
        "{\"type\":\"relay_batch\",\"payloads\":[1]}",
        "{\"type\":\"hello\"}",
        "{\"type\":\"relay\",\"payload\":\"a\"}x",
        "{}"
      })
  void whatSwiftWouldDropIsDropped(String text) {
    assertThatExceptionOfType(StrictDecoder.Dropped.class)
        .isThrownBy(() -> StrictDecoder.decode(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"room_registered\",\"room_id\":\"R\",\"max_sessions\":null,\"new\":1}",
        "{\"type\":\"heartbeat_ack\"}",
        "{\"type\":\"peer_joined\",\"public_key\":\"k\"}"
      })
  void whatSwiftWouldTakeIsTaken(String text) throws StrictDecoder.Dropped {
    assertThat(StrictDecoder.decode(text)).isNotNull();
  }
}
