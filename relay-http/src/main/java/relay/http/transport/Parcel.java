package relay.http.transport;

import java.nio.ByteBuffer;
import relay.core.wire.FrameBatchWriter.Head;
import relay.http.socket.Delivery;

/** Something that one socket hands to another, still in parts. */
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

  boolean isWhole() {
    return head.length == 0 && tail.length == 0;
  }

  int length() {
    return head.length + body.remaining() + tail.length;
  }

  Head recordFor(long socket) {
    return new Head(socket, epoch, DeliveryCode.of(delivery), closeCode);
  }

  /** Puts the parts side by side into the array. */
  ByteBuffer joinedIn(byte[] space) {
    System.arraycopy(head, 0, space, 0, head.length);
    body.get(body.position(), space, head.length, body.remaining());
    System.arraycopy(tail, 0, space, head.length + body.remaining(), tail.length);
    return ByteBuffer.wrap(space, 0, length());
  }
}
