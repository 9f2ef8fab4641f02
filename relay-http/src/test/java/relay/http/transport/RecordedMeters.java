package relay.http.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what the listener counted. */
final class RecordedMeters implements ListenerMeters {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final List<Reason> refused = new CopyOnWriteArrayList<>();

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
