package relay.http.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import relay.core.limits.BucketSize;
import relay.core.limits.KeyedLimiter;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.protocol.pyrycode.PushWake;
import relay.core.settings.PushSettings;

/**
 * Decides which wakes are sent (pyrycode 7.2), sends each on a thread of its own, and reports each
 * once. Nothing is queued and nothing tried again.
 */
public final class PushWaker implements PushWakes {
  private static final int MAX_SERVER_IDS = 100_000;

  private static final EventLog LOG = EventLog.of(PushWaker.class);

  private final PushSender sender;
  private final KeyedLimiter wakesPerServerId;
  private final Semaphore inFlight;
  private final PushMeters meters;
  private final LongSupplier ticker;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-wake-", 0).factory());

  PushWaker(PushSender sender, PushSettings settings, PushMeters meters, LongSupplier ticker) {
    this.sender = sender;
    this.meters = meters;
    this.ticker = ticker;
    wakesPerServerId =
        new KeyedLimiter(
            new BucketSize(settings.burst(), settings.refillInterval()), MAX_SERVER_IDS, ticker);
    inFlight = new Semaphore(settings.maxInFlight());
  }

  /**
   * Push as it is configured; off where there are no credentials.
   *
   * @param ticker monotonic nanoseconds
   * @throws IllegalArgumentException if the credentials cannot be used; it does not show them
   */
  public static PushWakes of(PushSettings settings, PushMeters meters, LongSupplier ticker) {
    String credentials = settings.credentials();
    if (credentials == null) {
      LOG.info("push off: no FCM credentials are set").write();
      return OFF;
    }
    FcmSender sender = FcmSender.of(FcmCredentials.parse(credentials), settings);
    return new PushWaker(sender, settings, meters, ticker);
  }

  @Override
  public Optional<PushRefusal> wake(String serverId, ByteBuffer pushWake) {
    if (threads.isShutdown()) {
      return Optional.of(PushRefusal.PUSH_OFF);
    }
    return switch (PushWake.parse(pushWake)) {
      case PushWake.Fcm(var token) -> admit(serverId, token);
      case PushWake.Invalid invalid -> Optional.of(PushRefusal.of(invalid));
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    sender.close();
  }

  private Optional<PushRefusal> admit(String serverId, String token) {
    if (!wakesPerServerId.take(serverId).isAllowed()) {
      return dropped(PushRefusal.RATE_LIMITED);
    }
    if (!inFlight.tryAcquire()) {
      return dropped(PushRefusal.TOO_MANY_IN_FLIGHT);
    }
    try {
      threads.execute(() -> deliver(serverId, token));
      return Optional.empty();
    } catch (RejectedExecutionException _) {
      inFlight.release();
      return Optional.of(PushRefusal.PUSH_OFF);
    }
  }

  private Optional<PushRefusal> dropped(PushRefusal refusal) {
    meters.count(PushOutcome.DROPPED);
    return Optional.of(refusal);
  }

  /** It is under way no longer once that is reported, so that whoever saw the entry may go on. */
  private void deliver(String serverId, String token) {
    long begun = ticker.getAsLong();
    PushResult result;
    try {
      result = send(token);
    } finally {
      inFlight.release();
    }
    long millis = (ticker.getAsLong() - begun) / 1_000_000;
    report(result, serverId, fingerprint(token), millis + "ms");
  }

  private PushResult send(String token) {
    try {
      return sender.send(token);
    } catch (InterruptedException _) {
      return new PushResult.Failed(PushOutcome.SEND_FAILED, "fcm send failed: cancelled");
    } catch (RuntimeException e) {
      String kind = e.getClass().getSimpleName();
      return new PushResult.Failed(PushOutcome.SEND_FAILED, "fcm send failed: " + kind);
    }
  }

  /** Counted first, so that whoever sees the entry finds it counted. */
  private void report(PushResult result, String serverId, String tokenFp, String duration) {
    switch (result) {
      case PushResult.Sent(var messageId) -> {
        meters.count(PushOutcome.SENT);
        EventLog.Entry entry =
            about(LOG.info("push_wake_sent"), serverId, tokenFp).with(LogKey.DURATION, duration);
        if (messageId != null) {
          entry.with(LogKey.FCM_MESSAGE_ID, messageId);
        }
        entry.write();
      }
      case PushResult.Failed(var outcome, var description) -> {
        meters.count(outcome);
        about(LOG.warn("push_wake_send_failed"), serverId, tokenFp)
            .with(LogKey.DURATION, duration)
            .with(LogKey.ERR, description)
            .write();
      }
    }
  }

  private static EventLog.Entry about(EventLog.Entry entry, String serverId, String tokenFp) {
    return entry.with(LogKey.SERVER_ID, serverId).with(LogKey.TOKEN_FP, tokenFp);
  }

  /** Enough of a hash to tell tokens apart in a log, and too little to find one (pyrycode 7.4). */
  static String fingerprint(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing, and every Java runtime has it", e);
    }
  }
}
