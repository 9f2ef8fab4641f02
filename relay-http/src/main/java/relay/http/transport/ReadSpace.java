package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Where the connections of a loop are read into: one buffer for all of them, which stays in the
 * processor's cache and takes at once what a peer writes at once.
 *
 * <p>Nearly every handler is done with what was read before it returns. Where one keeps it, as TLS
 * and the HTTP phase do with a part of a record or a head, the next reads get buffers of their own
 * until it lets go, small ones unless they fill them.
 */
final class ReadSpace extends DefaultMaxMessagesRecvByteBufAllocator {
  static final int SHARED_BYTES = 64 * 1024;
  static final int OWN_BYTES = 2 * 1024;

  private static final FastThreadLocal<ByteBuf> SHARED =
      new FastThreadLocal<>() {
        @Override
        protected void onRemoval(ByteBuf shared) {
          shared.release();
        }
      };

  @Override
  public MaxMessageHandle newHandle() {
    return new Space();
  }

  private final class Space extends MaxMessageHandle {
    private int ownBytes = OWN_BYTES;

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      ByteBuf shared = SHARED.getIfExists();
      if (shared == null) {
        shared = alloc.directBuffer(SHARED_BYTES, SHARED_BYTES);
        SHARED.set(shared);
      }
      boolean isFree = shared.refCnt() == 1;
      return isFree ? shared.clear().retain() : alloc.directBuffer(ownBytes, ownBytes);
    }

    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(bytes);
      boolean isFilled = bytes == attemptedBytesRead();
      ownBytes = isFilled ? Math.min(SHARED_BYTES, 4 * ownBytes) : OWN_BYTES;
    }

    @Override
    public int guess() {
      return SHARED_BYTES;
    }
  }
}
