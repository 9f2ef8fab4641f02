package relay.core.protocol;

import java.nio.ByteBuffer;

/**
 * Steps through the members of one JSON object that is the whole of a text, checking all of it.
 *
 * <p>Can be used again and again; allocates nothing unless the text nests deeper than 64 levels.
 */
public final class JsonMembers {
  public enum Step {
    MEMBER,
    END,
    MALFORMED
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Nesting nesting = new Nesting();
  private ByteBuffer text = NOTHING;
  private int at;
  private boolean first;
  private int keyStart;
  private int keyEnd;
  private int valueStart;
  private int valueEnd;
  private int items;
  private boolean hasOnlyTexts;

  public void begin(ByteBuffer object) {
    nesting.clear();
    text = object;
    at = JsonScanner.skipSpace(text, text.position());
    first = true;
  }

  /** Nothing may be asked after {@code END} or {@code MALFORMED} but {@link #begin}. */
  public Step next() {
    if (first) {
      return firstMember();
    }
    at = JsonScanner.skipSpace(text, at);
    return JsonScanner.isAt(text, at, ',')
        ? member(JsonScanner.skipSpace(text, at + 1))
        : closingBrace();
  }

  /** Index of the key's first character, behind its quote. */
  public int keyStart() {
    return keyStart;
  }

  public int keyEnd() {
    return keyEnd;
  }

  public int valueStart() {
    return valueStart;
  }

  public int valueEnd() {
    return valueEnd;
  }

  public boolean isNull() {
    return text.get(valueStart) == 'n';
  }

  public boolean isString() {
    return text.get(valueStart) == '"';
  }

  /** Whether the key is this ASCII text, however it is escaped. */
  public boolean keyIs(String name) {
    return says(keyStart, keyEnd, name);
  }

  /**
   * Go's {@code encoding/json} accepts a key that differs in case only, by Unicode's simple folding
   * (pyrycode 3.4).
   */
  public boolean keyIsInAnyCase(String lowerCaseName) {
    return isSpelled(keyStart, keyEnd, lowerCaseName) || folds(lowerCaseName);
  }

  /** Whether the value is a string and not an empty one. */
  public boolean isText() {
    return isString() && valueEnd - valueStart > 2;
  }

  /** Whether the value is this ASCII text, however it is escaped. */
  public boolean valueIs(String expected) {
    return isString() && says(valueStart + 1, valueEnd - 1, expected);
  }

  /**
   * How many items the value has if it is an array of texts, none of them empty; 0 for everything
   * else.
   */
  public int texts() {
    return hasOnlyTexts ? items : 0;
  }

  private boolean says(int start, int end, String expected) {
    if (isSpelled(start, end, expected)) {
      return true;
    }
    int matched = 0;
    for (int at = start; at < end; matched++) {
      long read = JsonString.read(text, at);
      if (matched == expected.length() || JsonString.character(read) != expected.charAt(matched)) {
        return false;
      }
      at = JsonString.next(read);
    }
    return matched == expected.length();
  }

  private boolean isSpelled(int start, int end, String expected) {
    if (end - start != expected.length()) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (text.get(start + i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean folds(String lowerCaseName) {
    int matched = 0;
    for (int key = keyStart; key < keyEnd; matched++) {
      long read = JsonString.read(text, key);
      if (matched == lowerCaseName.length()
          || folded(JsonString.character(read)) != lowerCaseName.charAt(matched)) {
        return false;
      }
      key = JsonString.next(read);
    }
    return matched == lowerCaseName.length();
  }

  private Step firstMember() {
    first = false;
    if (!JsonScanner.isAt(text, at, '{') || !nesting.open(true)) {
      return Step.MALFORMED;
    }
    at = JsonScanner.skipSpace(text, at + 1);
    return JsonScanner.isAt(text, at, '}') ? closingBrace() : member(at);
  }

  private Step member(int key) {
    valueStart = JsonScanner.memberValue(text, key);
    if (valueStart < 0) {
      return Step.MALFORMED;
    }
    items = 0;
    hasOnlyTexts = JsonScanner.isAt(text, valueStart, '[');
    valueEnd = hasOnlyTexts ? arrayEnd() : JsonScanner.valueEnd(text, valueStart, nesting);
    if (valueEnd < 0) {
      return Step.MALFORMED;
    }
    keyStart = key + 1;
    keyEnd = keyEndBefore(valueStart);
    at = valueEnd;
    return Step.MEMBER;
  }

  /** Counts the items on the way, so that they need not be walked over twice. */
  private int arrayEnd() {
    int next = JsonScanner.skipSpace(text, valueStart + 1);
    boolean isEmpty = JsonScanner.isAt(text, next, ']');
    if (!nesting.open(false)) {
      return -1;
    }
    while (!isEmpty) {
      items++;
      hasOnlyTexts &= JsonScanner.isAt(text, next, '"') && !JsonScanner.isAt(text, next + 1, '"');
      int end = JsonScanner.valueEnd(text, next, nesting);
      next = end < 0 ? -1 : JsonScanner.skipSpace(text, end);
      if (next < 0 || JsonScanner.isAt(text, next, ']')) {
        break;
      }
      if (!JsonScanner.isAt(text, next, ',')) {
        return -1;
      }
      next = JsonScanner.skipSpace(text, next + 1);
    }
    nesting.close();
    return next < 0 ? -1 : next + 1;
  }

  /** Between a key and its value stand one quote, one colon and white space. */
  private int keyEndBefore(int value) {
    int end = value - 1;
    while (text.get(end) != '"') {
      end--;
    }
    return end;
  }

  private Step closingBrace() {
    if (!JsonScanner.isAt(text, at, '}')) {
      return Step.MALFORMED;
    }
    return JsonScanner.skipSpace(text, at + 1) == text.limit() ? Step.END : Step.MALFORMED;
  }

  private static int folded(int character) {
    return switch (character) {
      case '\u017F' -> 's';
      case '\u212A' -> 'k';
      default -> character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
    };
  }
}
