package relay.http.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * What other threads want done on one loop, in order and with one wake-up for all that has come.
 *
 * <p>Frames in it are bounded by their links' windows; notices by what rooms decide.
 */
final class LoopInbox {
  private static final EventLog LOG = EventLog.of(LoopInbox.class);
  private static final int MAX_AT_ONCE = 1024;

  private final EventLoop eventLoop;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Runnable turn = this::drain;
  private final WarningPace pace = new WarningPace(Duration.ofSeconds(1));
  private int unreported;

  LoopInbox(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  void post(Runnable what) {
    waiting.add(what);
    wake();
  }

  private void wake() {
    if (!isWoken.compareAndSet(false, true)) {
      return;
    }
    try {
      eventLoop.execute(turn);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and every socket on it.
      waiting.clear();
    }
  }

  private void drain() {
    isWoken.set(false);
    for (int done = 0; done < MAX_AT_ONCE; done++) {
      Runnable next = waiting.poll();
      if (next == null) {
        return;
      }
      run(next);
    }
    wake();
  }

  private void run(Runnable what) {
    try {
      what.run();
    } catch (Throwable e) {
      // What waits behind it is others' business, and nothing else would wake the loop for that.
      failed(e);
    }
  }

  private void failed(Throwable failure) {
    unreported++;
    if (pace.mayWarn(eventLoop.ticker().nanoTime())) {
      LOG.warn("edge_loop_fault")
          .with(LogKey.ERR, FailurePlace.of(failure))
          .with(LogKey.COUNT, unreported)
          .write();
      unreported = 0;
    }
  }
}
