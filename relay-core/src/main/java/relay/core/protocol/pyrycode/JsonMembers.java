package relay.core.protocol.pyrycode;

import java.nio.ByteBuffer;

/**
 * Steps through the members of one JSON object that is the whole of a text, checking all of it.
 *
 * <p>Can be used again and again; allocates nothing unless the text nests deeper than 64 levels.
 */
final class JsonMembers {
  enum Step {
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

  void begin(ByteBuffer object) {
    nesting.clear();
    text = object;
    at = JsonScanner.skipSpace(text, text.position());
    first = true;
  }

  /** Nothing may be asked after {@code END} or {@code MALFORMED} but {@link #begin}. */
  Step next() {
    if (first) {
      return firstMember();
    }
    at = JsonScanner.skipSpace(text, at);
    return JsonScanner.isAt(text, at, ',')
        ? member(JsonScanner.skipSpace(text, at + 1))
        : closingBrace();
  }

  /** Index of the key's first character, behind its quote. */
  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }

  int valueStart() {
    return valueStart;
  }

  int valueEnd() {
    return valueEnd;
  }

  boolean isNull() {
    return text.get(valueStart) == 'n';
  }

  boolean isString() {
    return text.get(valueStart) == '"';
  }

  /**
   * Go's {@code encoding/json} accepts a key that differs in case only, by Unicode's simple folding
   * (pyrycode 3.4).
   */
  boolean keyIs(String lowerCaseName) {
    return isSpelled(lowerCaseName) || folds(lowerCaseName);
  }

  private boolean isSpelled(String name) {
    if (keyEnd - keyStart != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (text.get(keyStart + i) != name.charAt(i)) {
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
    valueEnd = JsonScanner.valueEnd(text, valueStart, nesting);
    if (valueEnd < 0) {
      return Step.MALFORMED;
    }
    keyStart = key + 1;
    keyEnd = keyEndBefore(valueStart);
    at = valueEnd;
    return Step.MEMBER;
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
