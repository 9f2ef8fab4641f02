package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static relay.http.push.Secrets.DEVICE_TOKEN;
import static relay.http.push.Secrets.MARKER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import relay.core.settings.PushSettings;
import relay.http.testing.Eventually;

@Timeout(30)
class PushEndToEndTest {
  private final FakeGoogle google = new FakeGoogle();
  private final CountedWakes meters = new CountedWakes();
  private final AtomicLong now = new AtomicLong();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void fcmEndToEndLogsNoSecrets() {
    google.sendReply = new FakeGoogle.Reply(200, "{\"name\":\"m/1\",\"note\":\"" + MARKER + "\"}");
    assertThat(outcomeOf(PushOutcome.SENT).values()).containsEntry("fcm_message_id", "m/1");
  }

  @Test
  void aDeadTokenIsAnOutcomeOfItsOwn() {
    google.sendReply =
        new FakeGoogle.Reply(
            404,
            "{\"error\":{\"message\":\""
                + DEVICE_TOKEN
                + "\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\","
                + "\"errorCode\":\"UNREGISTERED\"}]}}");
    assertThat(outcomeOf(PushOutcome.UNREGISTERED).event()).isEqualTo("push_wake_send_failed");
  }

  @Test
  void aRefusedAccountIsAnOutcomeOfItsOwn() {
    google.tokenReply =
        new FakeGoogle.Reply(400, "{\"error\":\"invalid_grant\",\"x\":\"" + MARKER + "\"}");
    assertThat(outcomeOf(PushOutcome.TOKEN_FETCH_FAILED).values())
        .containsEntry("err", "fcm access token fetch failed: status 400");
  }

  @Test
  void aCancelledSendIsSendFailed() {
    google.sendsStall = true;
    PushWakes wakes = PushWaker.of(google.settings(Duration.ofSeconds(10)), meters, now::get);
    wake(wakes);
    Eventually.eventually(() -> assertThat(google.sends).hasSize(1));
    wakes.close();
    assertThat(meters.counts()).isEqualTo(Map.of(PushOutcome.SEND_FAILED, 1));
  }

  @Test
  void withoutCredentialsPushIsOff() {
    try (LogCapture log = new LogCapture(PushWaker.class, meters::counts)) {
      assertThat(PushWaker.of(PushSettings.defaults(null), meters, now::get))
          .isSameAs(PushWakes.OFF);
      assertThat(log.entries).hasSize(1);
      assertThat(log.entries.getFirst().level()).isEqualTo("INFO");
    }
  }

  @Test
  void unusableCredentialsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PushWaker.of(PushSettings.defaults("{}"), meters, now::get));
  }

  /** Everything logged meanwhile, by anyone, is searched for secrets. */
  private LogCapture.Entry outcomeOf(PushOutcome outcome) {
    try (LogCapture everything = LogCapture.of(Logger.ROOT_LOGGER_NAME);
        PushWakes wakes = PushWaker.of(google.settings(Duration.ofSeconds(10)), meters, now::get)) {
      wake(wakes);
      Eventually.eventually(
          () -> assertThat(everything.entries).anyMatch(it -> it.event().startsWith("push_wake_")));
      assertThat(meters.counts()).isEqualTo(Map.of(outcome, 1));
      Secrets.assertNoneIn(everything.entries);
      return everything.entries.stream()
          .filter(it -> it.event().startsWith("push_wake_"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void wake(PushWakes wakes) {
    String wake = "{\"platform\":\"fcm\",\"token\":\"" + DEVICE_TOKEN + "\"}";
    assertThat(wakes.wake("s1", ByteBuffer.wrap(wake.getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }
}
