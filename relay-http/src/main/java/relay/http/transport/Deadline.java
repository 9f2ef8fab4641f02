package relay.http.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one time limit that a connection has at any moment before it is a socket. */
final class Deadline extends TimerNode {
  private @Nullable LoopTimers timers;
  private @Nullable Runnable passed;

  /** Replaces any earlier limit. */
  void begin(EventLoop loop, Duration limit, Runnable passed) {
    LoopTimers known = timers;
    if (known == null) {
      known = LoopTimers.of(loop);
      timers = known;
    }
    this.passed = passed;
    known.schedule(this, known.now() + limit.toMillis());
  }

  void cancel() {
    if (timers != null) {
      timers.cancel(this);
    }
  }

  @Override
  void expired(long nowMillis) {
    if (passed != null) {
      passed.run();
    }
  }
}
