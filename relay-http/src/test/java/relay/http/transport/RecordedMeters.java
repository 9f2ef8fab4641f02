package relay.http.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Remembers what the listener counted. */
final class RecordedMeters implements ListenerMeters {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final BlockingQueue<Reason> refused = new LinkedBlockingQueue<>();

  /** The next refusal, which may be counted a little after the peer has noticed it. */
  @Nullable Reason nextRefused() throws InterruptedException {
    return refused.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void opened() {
    opened.incrementAndGet();
  }

  @Override
  public void closed() {
    closed.incrementAndGet();
  }

  @Override
  public void refused(Reason reason) {
    refused.add(reason);
  }
}
