package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import relay.core.wire.FrameBatchReader;

/**
 * Puts together what comes to one socket in pieces: at most one message of each lane at a time, as
 * nothing else of a lane comes between the pieces of one. While nothing comes in pieces, it owns
 * nothing.
 */
final class Pieces {
  private static final int MOST_BYTES = Integer.MAX_VALUE / 2;

  private final long maxBytes;
  private @Nullable Map<ReturnPath, Begun> begun;

  /**
   * @param maxBytes what is longer could never be queued for the socket
   */
  Pieces(long maxBytes) {
    this.maxBytes = Math.min(maxBytes, MOST_BYTES);
  }

  /** False for a piece that is not the next of its message, or of one that is too long. */
  boolean take(FrameBatchReader record, ReturnPath from) {
    ByteBuffer payload = record.payload();
    int following = record.closeCode();
    if (record.kind() == DeliveryCode.FIRST_PIECE) {
      // The last piece is the only one that may be shorter.
      long bytes = (long) payload.remaining() * (following + 1);
      if (bytes - payload.remaining() > maxBytes) {
        return false;
      }
      begunOf().put(from, new Begun((int) bytes, following, payload));
      return true;
    }
    Begun known = begun == null ? null : begun.get(from);
    return known != null && known.take(following, payload);
  }

  /** The whole message whose last bytes these are: they themselves, unless others came before. */
  ByteBuffer complete(ByteBuffer last, ReturnPath from) {
    if (begun == null) {
      return last;
    }
    Begun known = begun.remove(from);
    if (begun.isEmpty()) {
      begun = null;
    }
    return known == null ? last : known.complete(last);
  }

  /** That edge will not send the rest of what it has begun. */
  void forget(String edge) {
    if (begun != null) {
      begun.keySet().removeIf(path -> path.leadsTo(edge));
    }
  }

  private Map<ReturnPath, Begun> begunOf() {
    if (begun == null) {
      begun = new HashMap<>(2);
    }
    return begun;
  }

  private static final class Begun {
    private final ByteBuffer bytes;
    private int following;

    Begun(int maxBytes, int following, ByteBuffer first) {
      this.bytes = ByteBuffer.allocate(maxBytes).put(first);
      this.following = following;
    }

    boolean take(int stillFollowing, ByteBuffer piece) {
      if (stillFollowing != following - 1 || piece.remaining() > bytes.remaining()) {
        return false;
      }
      following = stillFollowing;
      bytes.put(piece);
      return true;
    }

    ByteBuffer complete(ByteBuffer last) {
      return bytes.put(last).flip();
    }
  }
}
