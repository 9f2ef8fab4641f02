package relay.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the end of JSON strings, reads the characters of valid ones, and writes them. */
public final class JsonString {
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long FIRST_PRINTABLES = ONES * ' ';

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int REPLACEMENT = 0xFFFD;

  private JsonString() {}

  /**
   * The index behind the closing quote of the string whose opening quote is at this index, or -1.
   */
  static int end(ByteBuffer text, int openingQuote) {
    int limit = text.limit();
    int at = openingQuote + 1;
    while (at >= 0) {
      at = skipPlain(text, at, limit);
      if (at >= limit) {
        return -1;
      }
      byte next = text.get(at);
      if (next == '"') {
        return at + 1;
      }
      if (next == '\\') {
        at = escapeEnd(text, at, limit);
      } else {
        at = next < 0 ? characterEnd(text, at, limit) : -1;
      }
    }
    return -1;
  }

  /**
   * The character at this index of a valid string, and the index behind it, in one number. A
   * surrogate without its other half reads as U+FFFD, as Go reads it.
   */
  public static long read(ByteBuffer text, int at) {
    byte first = text.get(at);
    if (first == '\\') {
      return readEscape(text, at);
    }
    if (first >= 0) {
      return pack(first, at + 1);
    }
    if (first < (byte) 0xE0) {
      return pack((first & 0x1F) << 6 | tail(text, at + 1), at + 2);
    }
    if (first < (byte) 0xF0) {
      return pack((first & 0x0F) << 12 | tail(text, at + 1) << 6 | tail(text, at + 2), at + 3);
    }
    return pack(
        (first & 0x07) << 18
            | tail(text, at + 1) << 12
            | tail(text, at + 2) << 6
            | tail(text, at + 3),
        at + 4);
  }

  public static int character(long read) {
    return (int) (read >>> 32);
  }

  public static int next(long read) {
    return (int) read;
  }

  /** The characters between two indexes of a valid string. */
  public static String decode(ByteBuffer text, int start, int end) {
    StringBuilder decoded = new StringBuilder(end - start);
    for (int at = start; at < end; ) {
      long read = read(text, at);
      decoded.appendCodePoint(character(read));
      at = next(read);
    }
    return decoded.toString();
  }

  /** Adds the text with its quotes. */
  public static void append(StringBuilder json, String text) {
    json.append('"');
    text.chars().forEach(character -> appendEscaped(json, (char) character));
    json.append('"');
  }

  private static void appendEscaped(StringBuilder json, char character) {
    if (character == '"' || character == '\\') {
      json.append('\\').append(character);
    } else if (character < ' ') {
      json.append(String.format("\\u%04x", (int) character));
    } else {
      json.append(character);
    }
  }

  /** The index behind this character's UTF-8 form if it stands at this index, or -1. */
  public static int match(byte[] utf8, int at, int character) {
    int length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    if (at + length > utf8.length) {
      return -1;
    }
    for (int i = 1; i < length; i++) {
      int tail = 0x80 | (character >>> (6 * (length - 1 - i)) & 0x3F);
      if (utf8[at + i] != (byte) tail) {
        return -1;
      }
    }
    int mark = length == 1 ? 0 : 0xF00 >>> length;
    return utf8[at] == (byte) (mark | character >>> (6 * (length - 1))) ? at + length : -1;
  }

  private static int skipPlain(ByteBuffer text, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES) {
      long special = special((long) EIGHT_BYTES.get(text, at));
      if (special != 0) {
        return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < limit && isPlain(text.get(at))) {
      at++;
    }
    return at;
  }

  /**
   * Looks at eight bytes at once. The lowest bit set is in the first byte that is a quote, a
   * backslash, a control character or beyond ASCII; higher ones may come of a borrow.
   */
  private static long special(long word) {
    long quote = (word ^ QUOTES) - ONES;
    long backslash = (word ^ BACKSLASHES) - ONES;
    long control = word - FIRST_PRINTABLES;
    return (quote | backslash | control | word) & HIGH_BITS;
  }

  private static boolean isPlain(byte character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  private static int escapeEnd(ByteBuffer text, int at, int limit) {
    if (at + 1 >= limit) {
      return -1;
    }
    return switch (text.get(at + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> at + 6 <= limit && codeUnit(text, at) >= 0 ? at + 6 : -1;
      default -> -1;
    };
  }

  /** RFC 3629, section 4: what may follow the first byte depends on it. */
  private static int characterEnd(ByteBuffer text, int at, int limit) {
    int first = text.get(at) & 0xFF;
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || at + length > limit) {
      return -1;
    }
    int second = text.get(at + 1) & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((text.get(i) & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }

  private static long readEscape(ByteBuffer text, int at) {
    byte kind = text.get(at + 1);
    return switch (kind) {
      case 'b' -> pack('\b', at + 2);
      case 'f' -> pack('\f', at + 2);
      case 'n' -> pack('\n', at + 2);
      case 'r' -> pack('\r', at + 2);
      case 't' -> pack('\t', at + 2);
      case 'u' -> readCodeUnits(text, at);
      default -> pack(kind, at + 2);
    };
  }

  private static long readCodeUnits(ByteBuffer text, int at) {
    char first = (char) codeUnit(text, at);
    if (!Character.isSurrogate(first)) {
      return pack(first, at + 6);
    }
    boolean escapeFollows =
        at + 12 <= text.limit() && text.get(at + 6) == '\\' && text.get(at + 7) == 'u';
    char second = escapeFollows ? (char) codeUnit(text, at + 6) : 0;
    return Character.isSurrogatePair(first, second)
        ? pack(Character.toCodePoint(first, second), at + 12)
        : pack(REPLACEMENT, at + 6);
  }

  /** The value of the four digits of a {@code \}{@code uXXXX} escape, negative if one is none. */
  private static int codeUnit(ByteBuffer text, int escape) {
    int unit = 0;
    for (int i = escape + 2; i < escape + 6; i++) {
      int digit = Character.digit(text.get(i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static int tail(ByteBuffer text, int at) {
    return text.get(at) & 0x3F;
  }

  private static long pack(int character, int next) {
    return (long) character << 32 | next;
  }
}
