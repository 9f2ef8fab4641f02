package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;

/** What must be found in no text the relay makes. */
final class Secrets {
  static final String DEVICE_TOKEN = "device-token-SECRET-7f3a";
  static final String MARKER = "MARKER-must-not-leak-5d0e";

  private Secrets() {}

  static void assertNoneIn(Object text) {
    assertThat(String.valueOf(text))
        .doesNotContain(
            DEVICE_TOKEN,
            MARKER,
            FakeGoogle.ACCESS_TOKEN,
            ServiceAccount.CLIENT_EMAIL,
            "PRIVATE KEY",
            "invalid_grant");
  }
}
