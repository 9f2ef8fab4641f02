package relay.http.transport;

import org.jspecify.annotations.Nullable;

/**
 * Something that waits in {@link LoopTimers}; it is its own list entry, so waiting costs nothing.
 */
abstract class TimerNode {
  @Nullable TimerNode previous;
  @Nullable TimerNode next;
  long deadline;

  /** The deadline has passed; the node no longer waits and may be scheduled again at once. */
  abstract void expired(long nowMillis);

  final boolean isWaiting() {
    return next != null;
  }
}
