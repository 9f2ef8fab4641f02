package relay.core.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of every open JSON container whether it is an object, one bit each.
 *
 * <p>Up to 64 levels cost nothing; deeper ones take at most 1.3 KB until the next {@link #clear}.
 */
final class Nesting {
  /** Go's {@code encoding/json} refuses deeper documents, so its peers never read one. */
  static final int MAX_DEPTH = 10_000;

  private int depth;
  private long shallow;
  private long @Nullable [] deep;

  void clear() {
    depth = 0;
    deep = null;
  }

  int depth() {
    return depth;
  }

  /** False, and nothing is opened, past {@link #MAX_DEPTH}. */
  boolean open(boolean object) {
    if (depth == MAX_DEPTH) {
      return false;
    }
    if (depth < Long.SIZE) {
      shallow = with(shallow, depth, object);
    } else {
      openDeep(object);
    }
    depth++;
    return true;
  }

  void close() {
    depth--;
  }

  boolean inObject() {
    int level = depth - 1;
    long bits = level < Long.SIZE || deep == null ? shallow : deep[level / Long.SIZE - 1];
    return (bits >>> level & 1) != 0;
  }

  private void openDeep(boolean object) {
    int word = depth / Long.SIZE - 1;
    long[] words = deep == null ? new long[2] : deep;
    if (word == words.length) {
      words = Arrays.copyOf(words, Math.min(2 * word, MAX_DEPTH / Long.SIZE));
    }
    words[word] = with(words[word], depth, object);
    deep = words;
  }

  private static long with(long bits, int level, boolean object) {
    long bit = 1L << level;
    return object ? bits | bit : bits & ~bit;
  }
}
