package relay.core.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The records of one session, both ways. Records are neither numbered nor marked with a direction
 * (TermOnMac 10.7), so this remembers the first bytes of the latest ones and takes none twice: not
 * one that was replayed, and not one of its own that came back. What is older than {@value
 * #REMEMBERED} records can be replayed.
 */
final class SealedChannel {
  /** Of both directions together; a bound on what a session costs. */
  static final int REMEMBERED = 16_384;

  /** Base64 characters that stand for the random bytes of a record. */
  private static final int IV_CHARACTERS = SessionKey.IV_BYTES / 3 * 4;

  private final SessionKey key;
  private final SecureRandom random;
  private final Set<String> records = new LinkedHashSet<>();

  SealedChannel(SessionKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  Suite suite() {
    return key.suite();
  }

  String seal(AppMessage message) {
    String payload = key.seal(AppMessageCodec.write(message).getBytes(UTF_8), random);
    remember(payload);
    return payload;
  }

  /** Empty for what this session's other side did not say, or said before. */
  Optional<AppMessage> open(String payload) {
    try {
      String json = new String(key.open(payload), UTF_8);
      return remember(payload) ? AppMessageCodec.read(json) : Optional.empty();
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private boolean remember(String payload) {
    boolean isNew = records.add(payload.substring(0, IV_CHARACTERS));
    if (records.size() > REMEMBERED) {
      records.remove(records.iterator().next());
    }
    return isNew;
  }
}
