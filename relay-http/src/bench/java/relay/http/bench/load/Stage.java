package relay.http.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * What all sides of one cell share.
 *
 * @param agents where they connect, and {@code phones} likewise: the same relay, or two nodes of a
 *     cluster
 */
record Stage(Loop loop, Endpoint agents, Endpoint phones, Message message, Tally tally) {
  /** Refused phones try again: a relay may seat an agent just after answering its upgrade. */
  static final int TRIES = 400;

  static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(50);

  /** The hello's place in the order; what is measured begins at 1. */
  static final long HELLO = 0;

  /** The same relay, with messages of another length and counts of their own. */
  Stage beside(int bytes) {
    return new Stage(loop, agents, phones, new Message(bytes), new Tally());
  }
}
