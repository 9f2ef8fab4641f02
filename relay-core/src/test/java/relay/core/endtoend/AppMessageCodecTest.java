package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.endtoend.AppMessage.Application;
import relay.core.endtoend.AppMessage.AuthOk;
import relay.core.endtoend.AppMessage.ChallengeAsked;
import relay.core.endtoend.AppMessage.ChallengeResponse;
import relay.core.endtoend.AppMessage.PairingCredentials;
import relay.core.endtoend.AppMessage.RotateSecret;
import relay.core.endtoend.AppMessage.RotateSecretAck;

class AppMessageCodecTest {
  record Written(AppMessage message, String json) {}

  static Stream<Written> messages() {
    return Stream.of(
        new Written(new ChallengeAsked("bm8="), "{\"type\":\"challenge\",\"nonce\":\"bm8=\"}"),
        new Written(
            new ChallengeResponse("aG0="), "{\"type\":\"challenge_response\",\"hmac\":\"aG0=\"}"),
        new Written(new AuthOk(), "{\"type\":\"auth_ok\"}"),
        new Written(
            new PairingCredentials("s"), "{\"type\":\"pairing_credentials\",\"secret\":\"s\"}"),
        new Written(new RotateSecret("s"), "{\"type\":\"rotate_secret\",\"newSecret\":\"s\"}"),
        new Written(new RotateSecretAck(), "{\"type\":\"rotate_secret_ack\"}"),
        new Written(new Application("{\"type\":\"pty_data\"}"), "{\"type\":\"pty_data\"}"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsThatText(Written written) {
    assertThat(AppMessageCodec.write(written.message())).isEqualTo(written.json());
    assertThat(AppMessageCodec.read(written.json())).contains(written.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"type\":\"challenge\"}",
        "{\"type\":\"challenge\",\"nonce\":null}",
        "{\"type\":\"challenge\",\"nonce\":7}",
        "{\"type\":\"rotate_secret\",\"newSecret\":\"\"}"
      })
  void whatSaysNothingIsNoMessage(String json) {
    assertThat(AppMessageCodec.read(json)).isEmpty();
  }

  @Test
  void secretsAreNotPrinted() {
    String secret = "ABCDEFGHabcdefgh0123456789XYZxyz";
    List<Object> printed =
        List.of(
            new ChallengeResponse(secret),
            new PairingCredentials(secret),
            new RotateSecret(secret),
            new Application(secret),
            new RoomSecret(secret),
            new PairingToken(secret, java.time.Instant.EPOCH),
            MacMemory.ofNewRoom(new RoomSecret(secret)),
            new Introduction(secret, secret, secret),
            new TrustedDevice(secret, java.time.Instant.EPOCH, true),
            new SessionEffect.Send(secret),
            new SessionEffect.Heard(secret));
    assertThat(printed.toString()).doesNotContain(secret);
  }
}
