package relay.http.testing.termonmac;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a Mac beats: often while somebody uses it, seldom while nobody does (TermOnMac 9.1). */
final class MacBeats implements Heartbeats.Heart {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration ACTIVE = Duration.ofSeconds(1);
  private static final Duration STAYS_ACTIVE = Duration.ofMinutes(15);
  private static final Duration ACK_TIMEOUT = Duration.ofMinutes(1);

  private final MacPeer mac;
  private @Nullable Heartbeats beats;
  private @Nullable Instant lastActivity;

  MacBeats(MacPeer mac) {
    this.mac = mac;
  }

  void start() {
    stop();
    beats = new Heartbeats(mac.time, this::interval, ACK_TIMEOUT, this);
  }

  void stop() {
    if (beats != null) {
      beats.stop();
      beats = null;
    }
  }

  void acknowledged() {
    if (beats != null) {
      beats.acknowledged();
    }
  }

  void userIsActive() {
    boolean wasIdle = interval().equals(IDLE);
    lastActivity = mac.time.now();
    if (wasIdle) {
      reschedule();
    }
  }

  void reschedule() {
    if (beats != null) {
      beats.reschedule();
    }
  }

  private Duration interval() {
    boolean isActive =
        lastActivity != null && mac.time.now().isBefore(lastActivity.plus(STAYS_ACTIVE));
    return isActive || mac.isTogether() ? ACTIVE : IDLE;
  }

  @Override
  public void beat() {
    mac.send(ClientTexts.heartbeat());
  }

  @Override
  public void missed() {
    mac.did("missed its acknowledgements");
    mac.leaveFor(Backoff.FIRST);
  }
}
