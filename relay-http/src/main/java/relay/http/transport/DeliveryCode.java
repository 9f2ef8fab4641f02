package relay.http.transport;

import relay.http.socket.Delivery;

/** The numbers that stand for kinds of delivery between nodes. */
final class DeliveryCode {
  private DeliveryCode() {}

  static int of(Delivery delivery) {
    return switch (delivery) {
      case FRAME -> 0;
      case CLOSE -> 1;
      case NOTICE -> 2;
    };
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
