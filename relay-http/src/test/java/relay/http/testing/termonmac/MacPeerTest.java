package relay.http.testing.termonmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.http.testing.termonmac.ServerMessage.ErrorMessage;
import relay.http.testing.termonmac.ServerMessage.HeartbeatAck;

/** The Mac for tests does what the real one does; otherwise it would prove nothing. */
class MacPeerTest {
  private final OneRoomStub relay = new OneRoomStub();
  private final MacPeer mac = new MacPeer(relay::port, "rdkey_test", "ROOM");

  @AfterEach
  void stop() {
    relay.close();
  }

  private static List<Duration> seconds(double... seconds) {
    return Arrays.stream(seconds).mapToObj(it -> Duration.ofMillis((long) (it * 1000))).toList();
  }

  @Test
  void itBacksOffWhileTheRelayIsUnwell() {
    relay.refuse(500, 502, 503, 429, 500, 500, 500);
    mac.start();
    mac.comeBack();
    assertThat(mac.waits()).isEqualTo(seconds(0.5, 1, 2, 4, 8, 8, 8));
    relay.closeMac(1011);
    mac.expectClose();
    assertThat(mac.untilRedial()).contains(Backoff.FIRST);
    mac.close();
  }

  @Test
  void aRefusedKeyIsTriedFourTimesAndThenRefreshed() {
    relay.refuse(401, 401, 401, 401);
    mac.start();
    mac.comeBackUntil("its end", () -> mac.past().contains("nobody is signed in"));
    assertThat(mac.waits()).isEqualTo(seconds(10, 20, 30));
    mac.close();
  }

  @Test
  void aFullAccountIsTriedEveryEightSecondsAndADeletedOneNeverAgain() {
    relay.refuse(403, 403, 410);
    mac.start();
    mac.comeBackUntil("its end", () -> mac.past().contains("deleted"));
    assertThat(mac.waits()).isEqualTo(seconds(8, 8));
    assertThat(mac.untilRedial()).isEmpty();
    mac.close();
  }

  @Test
  void aRelayThatRestartsIsDialledAtOnce() {
    mac.start();
    mac.awaitRegistered();
    for (int code : new int[] {1001, 4000}) {
      relay.closeMac(code);
      mac.expectClose();
      mac.awaitRegistered();
    }
    relay.closeMac(4001);
    mac.expectClose();
    assertThat(mac.waits()).isEqualTo(seconds(0, 0, 0.5));
    mac.close();
  }

  @Test
  void aRegistrationThatIsNotAnsweredIsGivenUpAfterTenSeconds() {
    relay.beMute();
    mac.start();
    mac.await("an open socket", mac::isConnected);
    mac.pass(Duration.ofMillis(9_999));
    assertThat(mac.isConnected()).isTrue();
    mac.pass(Duration.ofMillis(1));
    assertThat(mac.untilRedial()).contains(Backoff.FIRST);
    mac.close();
  }

  @Test
  void itBeatsEveryHalfMinuteAndEverySecondWhenItIsUsed() {
    mac.start();
    mac.awaitRegistered();
    mac.pass(Duration.ofSeconds(29));
    mac.settle();
    mac.pass(Duration.ofSeconds(1));
    mac.expect(HeartbeatAck.class);
    mac.expect(HeartbeatAck.class);
    relay.toMac("{\"type\":\"peer_disconnected\",\"reason\":\"client_left\"}");
    mac.expect(ServerMessage.PeerDisconnected.class);
    mac.pass(Duration.ofSeconds(1));
    mac.expect(HeartbeatAck.class);
    mac.close();
  }

  @Test
  void aMinuteWithoutAcknowledgementEndsItsPatience() {
    mac.start();
    mac.awaitRegistered();
    relay.beMute();
    mac.pass(Duration.ofSeconds(60));
    assertThat(mac.isConnected()).isTrue();
    mac.pass(Duration.ofSeconds(30));
    assertThat(mac.untilRedial()).isPresent();
    mac.close();
  }

  @Test
  void anAccountWithoutCreditsIsTriedEveryEightSeconds() {
    mac.start();
    mac.awaitRegistered();
    relay.toMac(
        """
        {"type":"quota_exceeded","usage":1003,"limit":1000,"period":"5h-98568",\
        "resets_at":"2026-03-23T05:00:00.000Z"}\
        """);
    mac.expect(ServerMessage.QuotaExceeded.class);
    assertThat(mac.untilRedial()).contains(Duration.ofSeconds(8));
    mac.close();
  }

  @Test
  void aRoomThatIsRefusedIsThrownAway() {
    mac.start();
    mac.awaitRegistered();
    relay.toMac(
        "{\"type\":\"error\",\"code\":\"AUTH_FAILED\",\"message\":\"Room secret mismatch\"}");
    mac.expect(ErrorMessage.class);
    mac.comeBackUntil("another room", () -> relay.registrations().size() > 1);
    assertThat(relay.registrations().stream().map(it -> it.path("secret_hash").asText()).distinct())
        .hasSize(2);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(mac::close)
        .withMessageContaining("room ROOM was thrown away");
  }

  @Test
  void aMessageThatSwiftWouldDropIsAComplaint() {
    mac.start();
    mac.awaitRegistered();
    relay.toMac("{\"type\":\"peer_joined\",\"public_key\":null}");
    mac.settle();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(mac::close)
        .withMessageContaining("public_key is missing");
  }
}
