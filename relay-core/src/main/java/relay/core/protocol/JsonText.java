package relay.core.protocol;

import java.nio.ByteBuffer;

/** Says whether bytes are JSON, without building a tree of it. */
public final class JsonText {
  private static final ThreadLocal<Nesting> NESTING = ThreadLocal.withInitial(Nesting::new);

  private JsonText() {}

  /**
   * Whether the bytes between position and limit are one JSON value of any kind, in valid UTF-8, at
   * most 10,000 levels deep (pyrycode 3.3). Nothing is consumed.
   */
  public static boolean isValid(ByteBuffer text) {
    Nesting nesting = NESTING.get();
    nesting.clear();
    int start = JsonScanner.skipSpace(text, text.position());
    int end = JsonScanner.valueEnd(text, start, nesting);
    return end >= 0 && JsonScanner.skipSpace(text, end) == text.limit();
  }
}
