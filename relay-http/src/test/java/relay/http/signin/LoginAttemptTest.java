package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in the browser, and what it may come back as. */
class LoginAttemptTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
  private static final ReturnAddress BACK = ReturnAddress.of("19837", "s.t~a_t-e").orElseThrow();

  private final LoginAttempt attempt = LoginAttempt.begin("corp-2", BACK, new SecureRandom(), NOW);

  @Test
  void itComesBackAsItWas() {
    assertThat(LoginAttempt.fromCookie(attempt.toCookie())).contains(attempt);
    assertThat(attempt.toCookie()).matches("[A-Za-z0-9._-]+");
  }

  @Test
  void noTwoAreAlike() {
    LoginAttempt other = LoginAttempt.begin("corp-2", BACK, new SecureRandom(), NOW);

    assertThat(attempt.state()).isNotEqualTo(other.state()).isNotEqualTo(attempt.nonce());
    assertThat(attempt.verifier()).hasSize(43).isNotEqualTo(other.verifier());
  }

  @Test
  void itIsAnsweredByItsProviderWithItsStateAlone() {
    assertThat(attempt.isAnsweredBy("corp-2", attempt.state())).isTrue();
    assertThat(attempt.isAnsweredBy("corp", attempt.state())).isFalse();
    assertThat(attempt.isAnsweredBy("corp-2", attempt.nonce())).isFalse();
    assertThat(attempt.isAnsweredBy("corp-2", "")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "......",
        "a.19837.c3RhdGU.b.c.d.1",
        "a.80.c3RhdGU.S.S.S.1",
        "a.19837.?.S.S.S.1",
        "a.19837.c3RhdGU.S.S.S.x",
        "a.19837.c3RhdGU.S.S.S.99999999999999999999"
      })
  void whatIsNoAttemptIsNone(String cookie) {
    String token = "A".repeat(43);

    assertThat(LoginAttempt.fromCookie(cookie.replace("S", token))).isEmpty();
  }

  @Test
  void itsSecretsAreNotPrinted() {
    assertThat(attempt.toString())
        .doesNotContain(attempt.state(), attempt.nonce(), attempt.verifier());
  }

  @Test
  void theReturnAddressIsThisMachineByNumber() {
    assertThat(BACK.with("code"))
        .isEqualTo("http://127.0.0.1:19837/callback?code=code&state=s.t~a_t-e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1023", "65536", "0", "", "019837", "+19837", " 19837", "19837 ", "１９８３７"})
  void otherPortsAreRefused(String port) {
    assertThat(ReturnAddress.of(port, "state")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a&b", "a\r\nb", "a#b", "ä"})
  void otherStatesAreRefused(String state) {
    assertThat(ReturnAddress.of("19837", state)).isEmpty();
    assertThat(ReturnAddress.of("19837", "a".repeat(129))).isEmpty();
  }

  @Test
  void formsAreReadAsBrowsersWriteThem() {
    assertThat(FormFields.parse("a=1+2&b=%C3%A4&c&a=3&=4"))
        .contains(Map.of("a", "1 2", "b", "ä", "c", "", "", "4"));
    assertThat(FormFields.parse("")).contains(Map.of());
    assertThat(FormFields.parse("a=%z")).isEmpty();
    assertThat(FormFields.parse("a=1&".repeat(40))).isEmpty();
  }
}
