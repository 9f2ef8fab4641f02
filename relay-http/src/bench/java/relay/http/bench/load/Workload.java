package relay.http.bench.load;

import java.io.IOException;

/** What the peers of one cell do. */
interface Workload {
  /** Connects everybody; whoever has joined waits. */
  void open() throws IOException;

  boolean isOpen();

  /** From now on messages flow. */
  void start();

  /** Warm-up is over. */
  default void measured() {}

  /** Does what is due and returns when something is due next. */
  default long pace(long now) {
    return Long.MAX_VALUE;
  }

  /** Nothing new is sent; what is under way may still arrive. */
  void stop();
}
