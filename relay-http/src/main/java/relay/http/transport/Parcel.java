package relay.http.transport;

import java.nio.ByteBuffer;
import relay.core.wire.FrameBatchWriter.Head;
import relay.http.socket.Delivery;

/** Something for a socket of another loop or node, still in parts. */
final class Parcel {
  final Delivery delivery;
  final long epoch;
  final byte[] head;
  final ByteBuffer body;
  final byte[] tail;
  final int closeCode;

  Parcel(Delivery delivery, long epoch, byte[] head, ByteBuffer body, byte[] tail, int closeCode) {
    this.delivery = delivery;
    this.epoch = epoch;
    this.head = head;
    this.body = body;
    this.tail = tail;
    this.closeCode = closeCode;
  }

  int length() {
    return head.length + body.remaining() + tail.length;
  }

  /** All of it in one buffer, which may be the body itself. */
  ByteBuffer joined() {
    return head.length == 0 && tail.length == 0
        ? body.duplicate()
        : ByteBuffer.allocate(length()).put(head).put(body.duplicate()).put(tail).flip();
  }

  /** For a record with some bytes of it, when so many records are still to come. */
  Head pieceFor(long socket, boolean isFirst, int following) {
    int kind = isFirst ? DeliveryCode.FIRST_PIECE : DeliveryCode.NEXT_PIECE;
    return following == 0 ? recordFor(socket) : new Head(socket, epoch, kind, following);
  }

  Head recordFor(long socket) {
    return new Head(socket, epoch, DeliveryCode.of(delivery), closeCode);
  }
}
