package relay.core.protocol;

import java.nio.ByteBuffer;

/** Walks over RFC 8259 JSON, building nothing and without recursion; answers -1 to bad JSON. */
final class JsonScanner {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private JsonScanner() {}

  /** The index behind the value that begins at this index. */
  static int valueEnd(ByteBuffer text, int start, Nesting nesting) {
    int outside = nesting.depth();
    int at = start;
    do {
      at = descend(text, at, nesting);
      at = at < 0 ? at : ascend(text, at, nesting, outside);
    } while (at >= 0 && nesting.depth() > outside);
    return at;
  }

  /** The index of the value of the object member whose key begins at this index. */
  static int memberValue(ByteBuffer text, int key) {
    if (!isAt(text, key, '"')) {
      return -1;
    }
    int keyEnd = JsonString.end(text, key);
    if (keyEnd < 0) {
      return -1;
    }
    int colon = skipSpace(text, keyEnd);
    return isAt(text, colon, ':') ? skipSpace(text, colon + 1) : -1;
  }

  static int skipSpace(ByteBuffer text, int from) {
    int at = from;
    while (at < text.limit() && isSpace(text.get(at))) {
      at++;
    }
    return at;
  }

  static boolean isAt(ByteBuffer text, int at, char character) {
    return at < text.limit() && text.get(at) == character;
  }

  /** Opens containers down to a value that has no parts, and passes it. */
  private static int descend(ByteBuffer text, int start, Nesting nesting) {
    int at = start;
    while (at >= 0 && at < text.limit()) {
      byte first = text.get(at);
      if (first != '{' && first != '[') {
        return simpleEnd(text, at, first);
      }
      boolean object = first == '{';
      if (!nesting.open(object)) {
        return -1;
      }
      at = skipSpace(text, at + 1);
      if (isAt(text, at, object ? '}' : ']')) {
        nesting.close();
        return at + 1;
      }
      at = object ? memberValue(text, at) : at;
    }
    return -1;
  }

  /** Closes containers up to one that has another value, and stops there, or outside all. */
  private static int ascend(ByteBuffer text, int from, Nesting nesting, int outside) {
    int at = from;
    while (nesting.depth() > outside) {
      at = skipSpace(text, at);
      boolean object = nesting.inObject();
      if (isAt(text, at, ',')) {
        at = skipSpace(text, at + 1);
        return object ? memberValue(text, at) : at;
      }
      if (!isAt(text, at, object ? '}' : ']')) {
        return -1;
      }
      nesting.close();
      at++;
    }
    return at;
  }

  private static int simpleEnd(ByteBuffer text, int at, byte first) {
    return switch (first) {
      case '"' -> JsonString.end(text, at);
      case 't' -> literalEnd(text, at, TRUE);
      case 'f' -> literalEnd(text, at, FALSE);
      case 'n' -> literalEnd(text, at, NULL);
      default -> numberEnd(text, at);
    };
  }

  private static int literalEnd(ByteBuffer text, int start, byte[] literal) {
    for (int i = 0; i < literal.length; i++) {
      if (start + i >= text.limit() || text.get(start + i) != literal[i]) {
        return -1;
      }
    }
    return start + literal.length;
  }

  private static int numberEnd(ByteBuffer text, int start) {
    int digits = isAt(text, start, '-') ? start + 1 : start;
    int at = isAt(text, digits, '0') ? digits + 1 : skipDigits(text, digits);
    if (at > digits && isAt(text, at, '.')) {
      at = atLeastOneDigit(text, at + 1);
    }
    if (at > digits && (isAt(text, at, 'e') || isAt(text, at, 'E'))) {
      boolean signed = isAt(text, at + 1, '+') || isAt(text, at + 1, '-');
      at = atLeastOneDigit(text, signed ? at + 2 : at + 1);
    }
    return at > digits ? at : -1;
  }

  private static int atLeastOneDigit(ByteBuffer text, int from) {
    int end = skipDigits(text, from);
    return end > from ? end : -1;
  }

  private static int skipDigits(ByteBuffer text, int from) {
    int at = from;
    while (at < text.limit() && text.get(at) >= '0' && text.get(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }
}
