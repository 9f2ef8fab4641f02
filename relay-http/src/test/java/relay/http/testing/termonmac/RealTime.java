package relay.http.testing.termonmac;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets time pass for peers as it does for everybody else, as long as it is open. */
public final class RealTime implements AutoCloseable {
  private static final long STEP_MILLIS = 20;

  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long last = System.nanoTime();

  public RealTime() {
    var _ = clock.scheduleAtFixedRate(this::tick, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  public void passFor(Peer peer) {
    peers.add(peer);
  }

  private void tick() {
    long now = System.nanoTime();
    Duration passed = Duration.ofNanos(now - last);
    last = now;
    peers.forEach(peer -> peer.pass(passed));
  }

  @Override
  public void close() {
    clock.close();
  }
}
