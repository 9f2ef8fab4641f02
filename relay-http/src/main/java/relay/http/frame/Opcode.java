package relay.http.frame;

/** The opcodes of RFC 6455 5.2. */
public final class Opcode {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private Opcode() {}

  static boolean isControl(int opcode) {
    return opcode >= CLOSE;
  }

  static boolean isReserved(int opcode) {
    return opcode > PONG || (opcode > BINARY && opcode < CLOSE);
  }
}
