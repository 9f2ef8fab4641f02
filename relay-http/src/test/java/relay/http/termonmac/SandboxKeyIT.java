package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.HttpAnswer;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;
import relay.http.testing.termonmac.TestAccounts;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** A relay that is nobody's production, and only for those who know its key (TermOnMac 1.1). */
class SandboxKeyIT {
  private static final String HEADER = "X-Sandbox-Key";
  private static final String KEY = "only for those who try it";

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.api.sandbox-key", KEY);

  private static final TestAccounts ACCOUNTS =
      new TestAccounts(() -> RELAY.node().opsAddress().getPort());

  private static TestDial mac(String apiKey) {
    return Wire.dial(RELAY.port(), "sandbox", "mac", apiKey);
  }

  @Test
  void whoKnowsItTalksAndNobodyElseGetsASocket() {
    TestAccount account = ACCOUNTS.create("sandbox@example.org");
    TestDial phone = Wire.dial(RELAY.port(), "sandbox", "ios", account.apiKey());
    refused(mac(account.apiKey()));
    refused(phone);
    refused(mac(account.apiKey()).header(HEADER, "Only for those who try it"));
    refused(mac("rdkey_" + "0".repeat(32)));

    try (TestPeer mac = mac(account.apiKey()).header(HEADER, KEY).connect().expectHttp(101);
        TestPeer ios = phone.header(HEADER, KEY).connect().expectHttp(101)) {
      mac.send(Wire.register("sandbox", Wire.SECRET, "macEphemeral"));
      mac.expect(Wire.registered("sandbox"));
      ios.send(Wire.join("sandbox", "iosKey"));
      Wire.meet(mac, ios);
    }
    assertThat(RELAY.ops("/metrics"))
        .contains("relay_termonmac_upgrades_total{outcome=\"sandbox_key_invalid\"} 4");
  }

  private static void refused(TestDial dial) {
    try (TestPeer peer = dial.connect()) {
      HttpAnswer answer = peer.expectHttp(403).answer();
      assertThat(answer.body()).isEqualTo("{\"error\":\"SANDBOX_KEY_INVALID\"}");
      assertThat(answer.header("connection")).contains("close");
      assertThat(answer.header("content-length"))
          .contains(Integer.toString(answer.body().length()));
    }
  }
}
