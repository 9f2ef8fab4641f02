package relay.http.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/** One thread that carries all connections of the driver. Times are those of nanoTime. */
final class Loop implements AutoCloseable {
  private static final int INPUT_BYTES = 256 * 1024;
  private static final long LONGEST_NAP = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private record Later(long at, Runnable what) {}

  private final Selector selector;
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::at));
  private final List<Connection> dirty = new ArrayList<>();
  private byte[] input = new byte[INPUT_BYTES];

  Loop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
    return channel.register(selector, 0, connection);
  }

  /** Shared space for one read, behind so many bytes left over from the last one. */
  byte[] input(int carried) {
    if (carried + INPUT_BYTES > input.length) {
      input = new byte[carried + 2 * INPUT_BYTES];
    }
    return input;
  }

  void dirty(Connection connection) {
    dirty.add(connection);
  }

  void after(long nanos, Runnable what) {
    later.add(new Later(System.nanoTime() + nanos, what));
  }

  /**
   * Runs until that is so, at most so long.
   *
   * @param pacer does what is due at a time and returns when something is due next
   * @return whether it is so
   */
  boolean runUntil(BooleanSupplier isDone, long nanos, LongUnaryOperator pacer) {
    long end = System.nanoTime() + nanos;
    try {
      while (!isDone.getAsBoolean()) {
        long now = System.nanoTime();
        if (now - end >= 0) {
          return false;
        }
        runLater(now);
        long next = Math.min(end, pacer.applyAsLong(now));
        flush();
        select(later.isEmpty() ? next : Math.min(next, later.element().at));
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runLater(long now) {
    while (!later.isEmpty() && later.element().at <= now) {
      later.remove().what.run();
    }
  }

  /** A selector counts milliseconds; shorter waits are naps between looks. */
  private void select(long until) throws IOException {
    long wait = until - System.nanoTime();
    if (wait > MILLI) {
      selector.select(this::selected, wait / MILLI);
    } else if (selector.selectNow(this::selected) == 0 && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, LONGEST_NAP));
    }
  }

  private void selected(SelectionKey key) {
    ((Connection) key.attachment()).selected();
    flush();
  }

  private void flush() {
    for (int i = 0; i < dirty.size(); i++) {
      Connection connection = dirty.get(i);
      try {
        connection.flush();
      } catch (IOException _) {
        connection.drop();
      }
    }
    dirty.clear();
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : List.copyOf(selector.keys())) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
