package relay.http.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What agents and phones say to each other: a JSON object of a fixed length that names its place in
 * the order and when it was due. The rest is text that depends on the place, so that no byte of a
 * message can be another's.
 */
final class Message {
  static final int LEAST_BYTES = 80;

  private static final byte[] HEAD =
      "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"".getBytes(US_ASCII);
  private static final byte[] TAIL = "\"}".getBytes(US_ASCII);
  private static final int HEX = 16;
  private static final int PAD = HEAD.length + 2 * HEX;
  private static final int TURNS = 61;

  private final int size;
  private final byte[] ring;
  private final byte[] written;

  Message(int size) {
    if (size < LEAST_BYTES) {
      throw new IllegalArgumentException(size + " bytes: expected at least " + LEAST_BYTES);
    }
    this.size = size;
    ring = new byte[size + TURNS];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = (byte) ('!' + (char) ((i % TURNS) + (i % TURNS >= 1 ? 1 : 0)));
      if (ring[i] == '\\') {
        ring[i] = '~';
      }
    }
    written = Arrays.copyOf(HEAD, size);
    System.arraycopy(TAIL, 0, written, size - TAIL.length, TAIL.length);
  }

  /** The message, valid until the next one. */
  byte[] of(long place, long due) {
    putHex(HEAD.length, place);
    putHex(HEAD.length + HEX, due);
    System.arraycopy(ring, turn(place), written, PAD, size - PAD - TAIL.length);
    return written;
  }

  /** What is wrong with the message, or an empty text. */
  String fault(byte[] in, int from, int to) {
    if (to - from != size) {
      return "length";
    }
    if (!Arrays.equals(in, from, from + HEAD.length, HEAD, 0, HEAD.length)) {
      return "content";
    }
    int pad = size - PAD - TAIL.length;
    int turn = turn(place(in, from));
    boolean isSame =
        Arrays.equals(in, from + PAD, from + PAD + pad, ring, turn, turn + pad)
            && Arrays.equals(in, to - TAIL.length, to, TAIL, 0, TAIL.length);
    return isSame ? "" : "content";
  }

  static long place(byte[] in, int from) {
    return hex(in, from + HEAD.length);
  }

  static long due(byte[] in, int from) {
    return hex(in, from + HEAD.length + HEX);
  }

  private static int turn(long place) {
    return Math.floorMod(place, TURNS);
  }

  private void putHex(int at, long value) {
    for (int i = 0; i < HEX; i++) {
      written[at + i] = (byte) Character.forDigit((int) (value >>> (60 - 4 * i)) & 0xF, 16);
    }
  }

  private static long hex(byte[] in, int at) {
    long value = 0;
    for (int i = at; i < at + HEX; i++) {
      value = value << 4 | (Character.digit(in[i], 16) & 0xF);
    }
    return value;
  }
}
