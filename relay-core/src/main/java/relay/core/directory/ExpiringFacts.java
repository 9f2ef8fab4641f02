package relay.core.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Small facts that count for minutes or hours on every node, such as one-time codes and answers to
 * calls that may be repeated. One that has expired is as if it had never been. Every stage fails
 * where the database does not answer.
 */
public interface ExpiringFacts {
  /** Of a fact. */
  int MAX_BYTES = 16_384;

  /**
   * Under what a fact is kept: what kind of fact it is, and the hash of a secret or of another
   * text.
   */
  record FactKey(String family, String hash) {
    private static final Pattern FAMILY = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public FactKey {
      if (!FAMILY.matcher(family).matches() || !HASH.matcher(hash).matches()) {
        throw new IllegalArgumentException(
            "'" + family + "' and its hash are no key: expected lower-case words and SHA-256");
      }
    }

    /** Nobody who reads the key learns the text, if that cannot be guessed. */
    public static FactKey of(String family, String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return new FactKey(family, HexFormat.of().formatHex(hash));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /**
   * Keeps a fact unless there is one that still counts.
   *
   * @return the one that was there; empty if the new one is kept
   */
  CompletionStage<Optional<byte[]>> putIfAbsent(
      FactKey key, byte[] fact, Instant expires, Instant now);

  /** Keeps a fact whatever was there. */
  CompletionStage<?> put(FactKey key, byte[] fact, Instant expires, Instant now);

  /** Removes a fact; of several who do so at once only one gets it. */
  CompletionStage<Optional<byte[]>> take(FactKey key, Instant now);
}
