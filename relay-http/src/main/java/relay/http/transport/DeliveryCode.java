package relay.http.transport;

import relay.http.socket.Delivery;

/** The numbers that stand for kinds of delivery between nodes. */
final class DeliveryCode {
  /**
   * The first bytes of something that is too long for one record. In place of a close code stands
   * how many records are still to come; the last one has the kind and the close code of the whole.
   */
  static final int FIRST_PIECE = 3;

  /** Further bytes of it. */
  static final int NEXT_PIECE = 4;

  private DeliveryCode() {}

  static int of(Delivery delivery) {
    return switch (delivery) {
      case FRAME -> 0;
      case CLOSE -> 1;
      case NOTICE -> 2;
    };
  }

  static boolean isPiece(int code) {
    return code == FIRST_PIECE || code == NEXT_PIECE;
  }

  static Delivery parse(int code) {
    return switch (code) {
      case 0 -> Delivery.FRAME;
      case 1 -> Delivery.CLOSE;
      case 2 -> Delivery.NOTICE;
      default -> throw new IllegalArgumentException(code + " is not a kind of delivery");
    };
  }
}
