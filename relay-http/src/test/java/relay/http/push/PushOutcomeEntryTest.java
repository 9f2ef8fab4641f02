package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static relay.http.push.PushOutcome.SEND_FAILED;
import static relay.http.push.PushOutcome.SENT;
import static relay.http.push.PushOutcome.TOKEN_FETCH_FAILED;
import static relay.http.push.PushOutcome.UNREGISTERED;
import static relay.http.push.Secrets.DEVICE_TOKEN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import relay.core.settings.PushSettings;
import relay.http.testing.Eventually;

@Timeout(30)
class PushOutcomeEntryTest {
  private static final String FINGERPRINT = PushWaker.fingerprint(DEVICE_TOKEN);

  private final CountedWakes meters = new CountedWakes();
  private final AtomicLong now = new AtomicLong();

  @ParameterizedTest
  @MethodSource("outcomes")
  void oneEntryAfterOneCount(PushResult result, PushOutcome outcome, LogCapture.Entry entry)
      throws Exception {
    ScriptedSender sender = ScriptedSender.answering(result);
    try (LogCapture log = new LogCapture(PushWaker.class, meters::counts)) {
      wakeOnce(sender, false);
      assertThat(log.entries).containsExactly(entry);
    }
    assertThat(meters.counts()).isEqualTo(Map.of(outcome, 1));
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        arguments(new PushResult.Sent("m/1"), SENT, sent("fcm_message_id", "m/1")),
        arguments(new PushResult.Sent(null), SENT, sent()),
        failed(UNREGISTERED, "fcm send failed: status 404 (UNREGISTERED)"),
        failed(SEND_FAILED, "fcm send failed: status 500"),
        failed(TOKEN_FETCH_FAILED, "fcm access token fetch failed: status 400"));
  }

  @Test
  void cancelledByCloseIsSendFailed() throws Exception {
    try (LogCapture log = new LogCapture(PushWaker.class, meters::counts)) {
      wakeOnce(ScriptedSender.waiting(), true);
      assertThat(log.entries)
          .containsExactly(failedEntry(SEND_FAILED, "fcm send failed: cancelled"));
    }
  }

  @Test
  void aSenderThatBreaksIsReportedToo() throws Exception {
    PushSender broken =
        new PushSender() {
          @Override
          public PushResult send(String token) {
            throw new IllegalStateException(token);
          }

          @Override
          public void close() {}
        };
    try (LogCapture log = new LogCapture(PushWaker.class, meters::counts)) {
      try (PushWaker waker = waker(broken)) {
        wake(waker);
      }
      assertThat(log.entries)
          .containsExactly(failedEntry(SEND_FAILED, "fcm send failed: IllegalStateException"));
    }
  }

  private void wakeOnce(ScriptedSender sender, boolean cancel) throws Exception {
    try (PushWaker waker = waker(sender)) {
      wake(waker);
      sender.awaitBegun(1);
      if (!cancel) {
        Eventually.eventually(() -> assertThat(meters.counts()).isNotEmpty());
      }
    }
  }

  private PushWaker waker(PushSender sender) {
    return new PushWaker(sender, PushSettings.defaults(null), meters, now::get);
  }

  private static void wake(PushWaker waker) {
    String wake = "{\"platform\":\"fcm\",\"token\":\"" + DEVICE_TOKEN + "\"}";
    assertThat(waker.wake("s1", ByteBuffer.wrap(wake.getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  private static Arguments failed(PushOutcome outcome, String description) {
    return arguments(
        new PushResult.Failed(outcome, description), outcome, failedEntry(outcome, description));
  }

  private static LogCapture.Entry failedEntry(PushOutcome outcome, String description) {
    return new LogCapture.Entry(
        "WARN",
        "push_wake_send_failed",
        Map.of("server_id", "s1", "token_fp", FINGERPRINT, "duration", "0ms", "err", description),
        Map.of(outcome, 1));
  }

  private static LogCapture.Entry sent(String key, String value) {
    return new LogCapture.Entry(
        "INFO",
        "push_wake_sent",
        Map.of("server_id", "s1", "token_fp", FINGERPRINT, "duration", "0ms", key, value),
        Map.of(SENT, 1));
  }

  private static LogCapture.Entry sent() {
    return new LogCapture.Entry(
        "INFO",
        "push_wake_sent",
        Map.of("server_id", "s1", "token_fp", FINGERPRINT, "duration", "0ms"),
        Map.of(SENT, 1));
  }
}
