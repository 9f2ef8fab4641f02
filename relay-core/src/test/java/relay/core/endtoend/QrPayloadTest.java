package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrPayloadTest {
  private static final PairingToken TOKEN =
      new PairingToken("ABCDEFGHabcdefgh0123456789XYZxyz", Instant.ofEpochSecond(1_776_000_300));
  private static final String TEXT =
      """
      {"v":2,"r":"ws://relay:8080","i":"K7X2M9QJ4T","k":"a2V5",\
      "p":"ABCDEFGHabcdefgh0123456789XYZxyz","e":1776000300,"n":"my Mac"}\
      """;

  private final QrPayload payload =
      new QrPayload("ws://relay:8080", "K7X2M9QJ4T", "a2V5", TOKEN, Optional.of("my Mac"), false);

  @Test
  void isCompactJson() {
    assertThat(payload.text()).isEqualTo(TEXT);
    assertThat(QrPayload.parse(TEXT)).contains(payload);
  }

  @Test
  void mayLackANameAndMaySayThatProofsAreBound() {
    QrPayload bound =
        new QrPayload("ws://relay:8080", "K7X2M9QJ4T", "a2V5", TOKEN, Optional.empty(), true);
    assertThat(bound.text()).doesNotContain("\"n\"").endsWith(",\"b\":1}");
    assertThat(QrPayload.parse(bound.text())).contains(bound);
  }

  @Test
  void ofAnotherVersionIsNotUnderstood() {
    assertThat(QrPayload.parse(TEXT.replace("\"v\":2", "\"v\":3"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "i", "k", "p", "e", "v"})
  void thatLacksAnythingIsNotUnderstood(String name) {
    assertThat(QrPayload.parse(TEXT.replace("\"" + name + "\":", "\"x\":"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "2", "null", "https://example.org"})
  void thatIsSomethingElseIsNotUnderstood(String text) {
    assertThat(QrPayload.parse(text)).isEmpty();
  }
}
