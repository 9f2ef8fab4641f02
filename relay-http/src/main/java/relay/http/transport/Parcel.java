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

  Head recordFor(long socket) {
    return new Head(socket, epoch, DeliveryCode.of(delivery), closeCode);
  }
}
