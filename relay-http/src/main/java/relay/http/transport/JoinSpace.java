package relay.http.transport;

import java.nio.ByteBuffer;

/**
 * Where the parts of a message are put side by side for a socket of the same loop. Its space is
 * used again for every message, so that handing one over allocates nothing.
 */
final class JoinSpace {
  private static final int KEPT_BYTES = 512 * 1024;

  private ByteBuffer kept = ByteBuffer.allocate(0);
  private int depth;

  /** The joined message, valid until it is given back; the body where that is all. */
  ByteBuffer take(byte[] head, ByteBuffer body, byte[] tail) {
    if (head.length == 0 && tail.length == 0) {
      depth++;
      return body;
    }
    ByteBuffer joined = space(head.length + body.remaining() + tail.length);
    depth++;
    joined.put(head).put(joined.position(), body, body.position(), body.remaining());
    return joined.position(head.length + body.remaining()).put(tail).flip();
  }

  /** To be called once for every take, last taken first. */
  void giveBack() {
    depth--;
  }

  /** A message that is handed over while another one is being handed over gets space of its own. */
  private ByteBuffer space(int bytes) {
    if (depth > 0 || bytes > KEPT_BYTES) {
      return ByteBuffer.allocate(bytes);
    }
    if (kept.capacity() < bytes) {
      kept = ByteBuffer.allocate(Math.min(KEPT_BYTES, 2 * bytes));
    }
    return kept.clear();
  }
}
