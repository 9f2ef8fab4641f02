package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.push.PushOutcome.DROPPED;
import static relay.http.push.PushOutcome.SENT;
import static relay.http.push.Secrets.DEVICE_TOKEN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relay.core.settings.PushSettings;
import relay.http.testing.Eventually;

@Timeout(30)
class PushWakerTest {
  private static final String WAKE = "{\"platform\":\"fcm\",\"token\":\"" + DEVICE_TOKEN + "\"}";

  private final CountedWakes meters = new CountedWakes();
  private final AtomicLong now = new AtomicLong();

  @Test
  void offIsPushOff() {
    assertThat(wake(PushWakes.OFF, "s1")).contains(PushRefusal.PUSH_OFF);
    PushWakes.OFF.close();
  }

  @Test
  void sendsOnceToToken() throws Exception {
    ScriptedSender sender = ScriptedSender.waiting();
    try (PushWaker waker = waker(sender, 6, 32)) {
      assertThat(wake(waker, "s1")).isEmpty();
      sender.awaitBegun(1);
      sender.answerAll();
    }
    assertThat(sender.tokens).containsExactly(DEVICE_TOKEN);
  }

  @Test
  void rejectsInvalidWake() {
    ScriptedSender sender = ScriptedSender.answering(new PushResult.Sent(null));
    try (PushWaker waker = waker(sender, 1, 1)) {
      assertThat(wake(waker, "s1", "5")).contains(PushRefusal.MALFORMED);
      assertThat(wake(waker, "s1", "\"x\"")).contains(PushRefusal.MALFORMED);
      assertThat(wake(waker, "s1", "{\"platform\":\"fcm\",\"token\":7}"))
          .contains(PushRefusal.MALFORMED);
      assertThat(wake(waker, "s1", WAKE.replace("fcm", "apns")))
          .contains(PushRefusal.UNSUPPORTED_PLATFORM);
      assertThat(wake(waker, "s1", WAKE.replace("fcm", "webpush")))
          .contains(PushRefusal.UNSUPPORTED_PLATFORM);
      assertThat(wake(waker, "s1", "{\"token\":\"x\"}")).contains(PushRefusal.UNSUPPORTED_PLATFORM);
      assertThat(wake(waker, "s1", "{\"platform\":\"fcm\",\"token\":\"\"}"))
          .contains(PushRefusal.EMPTY_TOKEN);
    }
    assertThat(sender.tokens).isEmpty();
    assertThat(meters.counts()).isEmpty();
  }

  @Test
  void invalidWakesCostNothing() {
    try (PushWaker waker = waker(ScriptedSender.waiting(), 1, 1)) {
      assertThat(wake(waker, "s1", "5")).contains(PushRefusal.MALFORMED);
      assertThat(wake(waker, "s1")).isEmpty();
    }
  }

  @Test
  void rateLimitedPerServerId() {
    try (PushWaker waker = waker(ScriptedSender.waiting(), 6, 32)) {
      for (int i = 0; i < 6; i++) {
        assertThat(wake(waker, "s1")).isEmpty();
      }
      assertThat(wake(waker, "s1")).contains(PushRefusal.RATE_LIMITED);
      assertThat(meters.counts()).isEqualTo(Map.of(DROPPED, 1));
      assertThat(wake(waker, "s2")).isEmpty();
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThat(wake(waker, "s1")).isEmpty();
      assertThat(wake(waker, "s1")).contains(PushRefusal.RATE_LIMITED);
    }
  }

  @Test
  void inFlightCap() throws Exception {
    ScriptedSender sender = ScriptedSender.waiting();
    try (PushWaker waker = waker(sender, 1_000_000, 2)) {
      assertThat(wake(waker, "s1")).isEmpty();
      assertThat(wake(waker, "s2")).isEmpty();
      sender.awaitBegun(2);
      assertThat(wake(waker, "s3")).contains(PushRefusal.TOO_MANY_IN_FLIGHT);
      assertThat(meters.counts()).isEqualTo(Map.of(DROPPED, 1));
      sender.answerAll();
      Eventually.eventually(() -> assertThat(wake(waker, "s4")).isEmpty());
      sender.awaitBegun(1);
    }
  }

  @Test
  void theTokenOfAWakeOverTheInFlightCapIsSpent() {
    try (PushWaker waker = waker(ScriptedSender.waiting(), 1, 1)) {
      assertThat(wake(waker, "s1")).isEmpty();
      assertThat(wake(waker, "s2")).contains(PushRefusal.TOO_MANY_IN_FLIGHT);
      assertThat(wake(waker, "s2")).contains(PushRefusal.RATE_LIMITED);
      assertThat(meters.counts()).isEqualTo(Map.of(DROPPED, 2));
    }
  }

  @Test
  void closeCancelsBlockedSend() throws Exception {
    ScriptedSender sender = ScriptedSender.waiting();
    PushWaker waker = waker(sender, 6, 32);
    assertThat(wake(waker, "s1")).isEmpty();
    sender.awaitBegun(1);
    waker.close();
    waker.close();
    assertThat(meters.counts()).isEqualTo(Map.of(PushOutcome.SEND_FAILED, 1));
    assertThat(sender.closed).isTrue();
    assertThat(wake(waker, "s1")).contains(PushRefusal.PUSH_OFF);
    assertThat(meters.counts()).isEqualTo(Map.of(PushOutcome.SEND_FAILED, 1));
  }

  @Test
  void everyAcceptedWakeIsCountedHoweverCloseFalls() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger accepted = new AtomicInteger();
    PushWaker waker =
        waker(ScriptedSender.answering(new PushResult.Sent(null)), 1_000_000, 1_000_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 32; thread++) {
        threads.execute(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                if (wake(waker, "s1").isEmpty()) {
                  accepted.incrementAndGet();
                  begun.countDown();
                }
              }
            });
      }
      assertThat(begun.await(20, TimeUnit.SECONDS)).as("a wake was accepted").isTrue();
      waker.close();
    }
    assertThat(accepted.get()).isPositive();
    assertThat(meters.counts().values().stream().mapToInt(it -> it).sum())
        .isEqualTo(accepted.get());
    assertThat(meters.counts()).doesNotContainKey(DROPPED);
  }

  @Test
  void tokenFingerprint() {
    String fingerprint = PushWaker.fingerprint(DEVICE_TOKEN);
    assertThat(fingerprint).matches("[0-9a-f]{8}").isEqualTo(PushWaker.fingerprint(DEVICE_TOKEN));
    assertThat(PushWaker.fingerprint(DEVICE_TOKEN + "x")).isNotEqualTo(fingerprint);
    assertThat(PushWaker.fingerprint("abc")).isEqualTo("ba7816bf");
  }

  @Test
  void outcomesAreCountedUnderTheirWireNames() {
    assertThat(PushOutcome.values())
        .extracting(PushOutcome::wireName)
        .containsExactly("sent", "unregistered", "send_failed", "token_fetch_failed", "dropped");
    assertThat(SENT.wireName()).isEqualTo("sent");
  }

  private PushWaker waker(PushSender sender, int burst, int maxInFlight) {
    PushSettings defaults = PushSettings.defaults(null);
    PushSettings settings =
        new PushSettings(
            null,
            defaults.endpoint(),
            defaults.project(),
            burst,
            defaults.refillInterval(),
            maxInFlight,
            defaults.timeout());
    return new PushWaker(sender, settings, meters, now::get);
  }

  private static Optional<PushRefusal> wake(PushWakes wakes, String serverId) {
    return wake(wakes, serverId, WAKE);
  }

  private static Optional<PushRefusal> wake(PushWakes wakes, String serverId, String json) {
    return wakes.wake(serverId, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }
}
