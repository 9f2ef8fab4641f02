package relay.http.bench.load;

import java.util.concurrent.TimeUnit;

/** What all sides of one cell share. */
record Stage(Loop loop, Endpoint endpoint, Message message, Tally tally) {
  /** Refused phones try again: a relay may seat an agent just after answering its upgrade. */
  static final int TRIES = 100;

  static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(50);

  /** The hello's place in the order; what is measured begins at 1. */
  static final long HELLO = 0;
}
