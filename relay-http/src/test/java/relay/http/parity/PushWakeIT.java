package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.parity.Numbers.wakes;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.push.FakeGoogle;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code push_wake_test.go} and {@code metrics_push_test.go}, from a binary's word to Google. */
class PushWakeIT {
  private static final String DEVICE_TOKEN = "device-SECRET-token";
  private static final String WAKE =
      "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"" + DEVICE_TOKEN + "\"}}";
  private static final FakeGoogle GOOGLE = new FakeGoogle();

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.push.credentials", GOOGLE.credentials())
          .with("relay.push.endpoint", GOOGLE.uri("").toString())
          .with("relay.push.burst", 2)
          .with("relay.push.refill-interval", "1h")
          .with("relay.push.max-in-flight", 1)
          .with("relay.push.timeout", "30s");

  @RegisterExtension final Peers peers = new Peers(RELAY);

  private final Numbers numbers = new Numbers(RELAY);
  private final Map<String, Long> before = numbers.counters();

  /** An access token is not kept, so that every wake asks for one. */
  @BeforeEach
  void googleWorks() {
    GOOGLE.tokenReply =
        new FakeGoogle.Reply(
            200, FakeGoogle.GRANTED.replace("\"expires_in\":3600", "\"expires_in\":1"));
    GOOGLE.sendReply = new FakeGoogle.Reply(200, "{\"name\":\"projects/p/messages/1\"}");
    GOOGLE.sends.clear();
  }

  @AfterAll
  static void closeGoogle() {
    GOOGLE.close();
  }

  @Test
  void pushMetricsExposesAllOutcomes() {
    assertThat(before)
        .containsKeys(
            wakes("sent"),
            wakes("unregistered"),
            wakes("send_failed"),
            wakes("token_fetch_failed"),
            wakes("dropped"));
  }

  @Test
  void pushWakerSendsOnceToToken() {
    peers.binary("sent").send(WAKE);
    LogLines.Line line = peers.log().await("push_wake_sent", "sent");
    assertThat(line.level()).isEqualTo("INFO");
    assertThat(line.values())
        .containsOnlyKeys("server_id", "token_fp", "duration", "fcm_message_id")
        .containsEntry("fcm_message_id", "projects/p/messages/1");

    assertThat(GOOGLE.sends)
        .singleElement()
        .satisfies(
            it -> assertThat(it.path()).isEqualTo("/v1/projects/pyrycode-mobile/messages:send"),
            it ->
                assertThat(it.body())
                    .isEqualTo(
                        "{\"message\":{\"token\":\"%s\",\"android\":{\"priority\":\"HIGH\"}}}",
                        DEVICE_TOKEN));
    expectOutcome("sent");
  }

  @Test
  void pushMetricsADeadTokenIsUnregistered() {
    GOOGLE.sendReply =
        new FakeGoogle.Reply(
            404,
            "{\"error\":{\"status\":\"NOT_FOUND\",\"message\":\"SECRET\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\","
                + "\"errorCode\":\"UNREGISTERED\"}]}}");
    expectFailure("dead", "unregistered", "status 404 (NOT_FOUND, UNREGISTERED)");
  }

  @Test
  void pushMetricsAnErrorOfFcmIsSendFailed() {
    GOOGLE.sendReply = new FakeGoogle.Reply(503, "SECRET");
    expectFailure("broken", "send_failed", "status 503");
  }

  @Test
  void pushMetricsARefusedAccountIsTokenFetchFailed() {
    GOOGLE.tokenReply = new FakeGoogle.Reply(400, "{\"error\":\"SECRET\"}");
    expectFailure("refused", "token_fetch_failed", "status 400");
  }

  @Test
  void pushMetricsRateLimitIsDropped() {
    TestPeer binary = peers.binary("limited");
    for (int sent = 1; sent <= 2; sent++) {
      binary.send(WAKE);
      peers.log().await("push_wake_sent", "limited", sent);
    }
    binary.send(WAKE);
    expectDropped("limited", "push wake rate limited");
    numbers.awaitMoved(
        before,
        Map.of(Numbers.upgrades("server", "accept"), 1L, wakes("sent"), 2L, wakes("dropped"), 1L));
  }

  @Test
  void pushMetricsInFlightCapIsDroppedAndNothingWaitsForGoogle() {
    GOOGLE.sendReply = new FakeGoogle.Reply(503, "");
    GOOGLE.holdSends();
    TestPeer binary = peers.binary("stalls");
    Phone phone = peers.phone("stalls");
    binary.send(WAKE).send(phone.envelope("\"meanwhile\""));
    phone.peer().expect("\"meanwhile\"");
    peers.binary("crowded-out").send(WAKE);
    expectDropped("crowded-out", "too many push wakes in flight");

    GOOGLE.letSendsGo();
    LogLines.Line failed = peers.log().await("push_wake_send_failed", "stalls");
    assertThat(failed.level()).isEqualTo("WARN");
    numbers.awaitMoved(
        before,
        Map.of(
            Numbers.upgrades("server", "accept"),
            2L,
            Numbers.upgrades("client", "accept"),
            1L,
            Numbers.TO_PHONE,
            1L,
            wakes("dropped"),
            1L,
            wakes("send_failed"),
            1L));
  }

  @Test
  void pushMetricsMalformedCountsNothing() {
    TestPeer binary = peers.binary("malformed");
    List<String> bad =
        List.of(
            "{\"push_wake\":\"SECRET\"}",
            "{\"push_wake\":{\"platform\":\"apns\",\"token\":\"SECRET\"}}",
            "{\"push_wake\":{\"platform\":\"FCM\",\"token\":\"SECRET\"}}",
            "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"\"}}",
            "{\"push_wake\":{\"platform\":\"fcm\",\"token\":7}}");
    bad.forEach(binary::send);
    peers.log().await("binary_forwarder_push_wake_dropped", "malformed", bad.size());
    assertThat(peers.log().of("binary_forwarder_push_wake_dropped", "malformed"))
        .extracting(line -> line.value("err"))
        .containsExactly(
            "malformed push_wake",
            "unsupported push platform",
            "unsupported push platform",
            "empty push token",
            "malformed push_wake");
    numbers.awaitMoved(before, Map.of(Numbers.upgrades("server", "accept"), 1L));
    assertNoSecretIsLogged();
  }

  private void expectFailure(String serverId, String outcome, String why) {
    peers.binary(serverId).send(WAKE);
    LogLines.Line line = peers.log().await("push_wake_send_failed", serverId);
    assertThat(line.level()).isEqualTo("WARN");
    assertThat(line.values()).containsOnlyKeys("server_id", "token_fp", "duration", "err");
    assertThat(line.value("err")).endsWith(why);
    expectOutcome(outcome);
  }

  private void expectOutcome(String outcome) {
    numbers.awaitMoved(
        before, Map.of(Numbers.upgrades("server", "accept"), 1L, wakes(outcome), 1L));
    assertNoSecretIsLogged();
  }

  private void expectDropped(String serverId, String why) {
    LogLines.Line line = peers.log().await("binary_forwarder_push_wake_dropped", serverId);
    assertThat(line.level()).isEqualTo("WARN");
    assertThat(line.values())
        .containsOnlyKeys("server_id", "binary_conn_id", "err")
        .containsEntry("err", why);
    assertNoSecretIsLogged();
  }

  private void assertNoSecretIsLogged() {
    assertThat(peers.log().all().toString()).doesNotContain("SECRET");
  }
}
