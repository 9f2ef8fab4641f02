package relay.http.push;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Where a binary's socket hands over a wish to wake a phone. Never blocks. */
public interface PushWakes extends AutoCloseable {
  /** Refuses everything. */
  PushWakes OFF = (_, _) -> Optional.of(PushRefusal.PUSH_OFF);

  /**
   * Nothing is said to the binary either way; a refusal is for the log (pyrycode 7.2).
   *
   * @param pushWake the JSON value under {@code push_wake}, used during the call only
   */
  Optional<PushRefusal> wake(String serverId, ByteBuffer pushWake);

  /** Refuses new wakes, gives up those under way, and waits for their end. */
  @Override
  default void close() {}
}
