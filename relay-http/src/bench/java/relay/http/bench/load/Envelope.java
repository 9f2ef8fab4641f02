package relay.http.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What the relay tells an agent (pyrycode 3.1, 3.6), found by its members: their order and further
 * ones are the relay's business. One per agent, used again for every message.
 */
final class Envelope {
  static final byte[] TAIL = {'}'};

  private static final byte[] CONN_ID = "conn_id".getBytes(US_ASCII);
  private static final byte[] FRAME = "frame".getBytes(US_ASCII);

  int connIdFrom;
  int connIdTo;
  int frameFrom;
  int frameTo;

  static byte[] head(byte[] connId) {
    return ("{\"conn_id\":\"" + new String(connId, US_ASCII) + "\",\"frame\":").getBytes(US_ASCII);
  }

  /** False where there is no conn_id; without a frame it is a close notice. */
  boolean read(byte[] in, int from, int to) {
    connIdFrom = connIdTo = frameFrom = frameTo = 0;
    int at = from + 1;
    while (at < to && in[at] == '"') {
      int keyTo = endOfString(in, at, to);
      int valueFrom = keyTo + 2;
      int valueTo = endOfValue(in, valueFrom, to);
      if (is(CONN_ID, in, at + 1, keyTo)) {
        connIdFrom = valueFrom + 1;
        connIdTo = valueTo - 1;
      } else if (is(FRAME, in, at + 1, keyTo)) {
        frameFrom = valueFrom;
        frameTo = valueTo;
      }
      at = valueTo + 1;
    }
    return connIdTo > connIdFrom;
  }

  boolean hasFrame() {
    return frameTo > frameFrom;
  }

  private static boolean is(byte[] key, byte[] in, int from, int to) {
    return Arrays.equals(key, 0, key.length, in, from, to);
  }

  private static int endOfString(byte[] in, int quote, int to) {
    int at = quote + 1;
    while (at < to && in[at] != '"') {
      at += in[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static int endOfValue(byte[] in, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      switch (in[at]) {
        case '"' -> at = endOfString(in, at, to);
        case '{', '[' -> depth++;
        case '}', ']', ',' -> {
          if (depth == 0) {
            return at;
          }
          depth -= in[at] == ',' ? 0 : 1;
        }
        default -> {}
      }
    }
    return to;
  }
}
