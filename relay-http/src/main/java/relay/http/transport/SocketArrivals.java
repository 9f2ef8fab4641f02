package relay.http.transport;

import java.nio.ByteBuffer;
import relay.core.wire.FrameBatchReader;
import relay.http.socket.Delivery;

/**
 * What other sockets send to one: taken as long as it is open, put together where it comes in
 * pieces; and whoever fills its queue has to wait. Confined to its loop.
 */
final class SocketArrivals {
  private final WebSocketConnection own;
  private final GuardedHandler handler;
  private final Congestion congestion;
  private final Pieces pieces;

  SocketArrivals(
      WebSocketConnection own, GuardedHandler handler, Congestion congestion, Pieces pieces) {
    this.own = own;
    this.handler = handler;
    this.congestion = congestion;
    this.pieces = pieces;
  }

  /** Whether it may be handed something; what comes too late is counted. */
  boolean isTaking() {
    boolean isTaking = own.isOpen();
    if (!isTaking) {
      own.meters().dropped(SocketMeters.Drop.CLOSING, 1);
    }
    return isTaking;
  }

  /** Something from a socket of this loop. */
  void delivered(Delivery what, long epoch, ByteBuffer payload, int closeCode, SocketInput from) {
    if (isTaking()) {
      handler.delivered(what, epoch, payload, closeCode);
      congestion.throttle(from);
    }
  }

  /** Something from a socket elsewhere; if it fails, that ends this socket and no other. */
  void take(FrameBatchReader record, ReturnPath from) {
    try {
      if (DeliveryCode.isPiece(record.kind())) {
        piece(record, from);
      } else {
        delivered(record, from);
      }
    } catch (Throwable e) {
      if (isTaking()) {
        own.faulted(e);
      }
    }
  }

  private void delivered(FrameBatchReader record, ReturnPath from) {
    ByteBuffer whole = pieces.complete(record.payload(), from);
    if (isTaking()) {
      Delivery what = DeliveryCode.parse(record.kind());
      handler.delivered(what, record.epoch(), whole, record.closeCode());
      congestion.throttle(from);
    }
  }

  /** Some bytes of something from a socket of another node. */
  private void piece(FrameBatchReader record, ReturnPath from) {
    if (own.isOpen() && !pieces.take(record, from)) {
      own.faulted(new IllegalStateException("a piece that does not fit, expected the next one"));
    }
  }

  /** A node with peers of this socket is gone. */
  void nodeLost(String edge) {
    pieces.forget(edge);
    handler.nodeLost();
  }
}
