package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a peer that the room has told of this socket sooner than it told this socket of the
 * peer: they wait until it does. A peer speaks on a way of its own, which may be the shorter one.
 */
final class EarlyFrames {
  /** Far more than a handshake, whose next step waits for an answer. */
  static final int MAX_BYTES = 1024 * 1024;

  private final List<Early> frames = new ArrayList<>(0);
  private int bytes;

  private record Early(long epoch, ByteBuffer payload) {}

  /** Keeps a copy; false if there are too many already. */
  boolean keep(long epoch, ByteBuffer payload) {
    int length = payload.remaining();
    if (length > MAX_BYTES - bytes) {
      return false;
    }
    byte[] copy = new byte[length];
    payload.get(payload.position(), copy);
    frames.add(new Early(epoch, ByteBuffer.wrap(copy)));
    bytes += length;
    return true;
  }

  /** Those of that epoch, in the order in which they came; earlier ones are forgotten. */
  List<ByteBuffer> take(long epoch) {
    List<ByteBuffer> due =
        frames.stream().filter(it -> it.epoch == epoch).map(Early::payload).toList();
    frames.removeIf(it -> it.epoch <= epoch);
    bytes = frames.stream().mapToInt(it -> it.payload.remaining()).sum();
    return due;
  }
}
