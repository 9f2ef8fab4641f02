package relay.http.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;

/** Meters that a test can read. */
final class CountedSockets implements TransportMeters, SocketMeters {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicLong received = new AtomicLong();
  final AtomicLong sent = new AtomicLong();
  final AtomicInteger paused = new AtomicInteger();
  final AtomicInteger strayed = new AtomicInteger();
  final AtomicInteger linksBroken = new AtomicInteger();
  final Map<CloseCause, Integer> closed = new ConcurrentHashMap<>();
  final Map<Drop, Integer> dropped = new ConcurrentHashMap<>();

  @Override
  public SocketMeters of(Dialect dialect) {
    return this;
  }

  @Override
  public void strayed(int frames) {
    strayed.addAndGet(frames);
  }

  @Override
  public void opened() {
    opened.incrementAndGet();
  }

  @Override
  public void closed(CloseCause cause) {
    closed.merge(cause, 1, Integer::sum);
  }

  @Override
  public void received(int bytes) {
    received.incrementAndGet();
  }

  @Override
  public void sent(int messages, long bytes) {
    sent.addAndGet(messages);
  }

  @Override
  public void paused() {
    paused.incrementAndGet();
  }

  @Override
  public void dropped(Drop why, int frames) {
    dropped.merge(why, frames, Integer::sum);
  }

  @Override
  public void linkBroken() {
    linksBroken.incrementAndGet();
  }
}
