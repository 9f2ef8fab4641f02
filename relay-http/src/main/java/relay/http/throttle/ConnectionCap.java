package relay.http.throttle;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How many sockets this node carries at most (pyrycode 6.2). Never queues; safe on every loop. */
public final class ConnectionCap {
  private final int max;
  private final AtomicInteger taken = new AtomicInteger();

  public ConnectionCap(int max) {
    if (max <= 0) {
      throw new IllegalArgumentException(max + " is no cap of connections: it must be positive");
    }
    this.max = max;
  }

  /** A place for one connection, to be released however the connection ends; empty when full. */
  public Optional<Slot> take() {
    boolean isFree = taken.getAndUpdate(count -> Math.min(count + 1, max)) < max;
    return isFree ? Optional.of(new Slot()) : Optional.empty();
  }

  public int taken() {
    return taken.get();
  }

  /** One taken place. */
  public final class Slot {
    private final AtomicBoolean released = new AtomicBoolean();

    private Slot() {}

    /** Gives the place back; further calls change nothing. */
    public void release() {
      if (released.compareAndSet(false, true)) {
        taken.decrementAndGet();
      }
    }
  }
}
