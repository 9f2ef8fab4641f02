package relay.core.sharding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

/**
 * Names rooms in sharding and in the journal: safe in paths and columns, however hostile the id.
 *
 * <p>An id whose encoded form is too long is replaced by a hash of it. Nobody is let in by that:
 * who can name the hash knows the id.
 */
public final class EntityIds {
  private static final int MAX_ENCODED = 200;
  private static final char SEPARATOR = '-';
  private static final int HEX = 16;

  private EntityIds() {}

  /** The same room under an id of bounded length; a key of bounded length is its own. */
  public static RoomKey canonical(RoomKey room) {
    String encoded = encode(room.id());
    return encoded.length() <= MAX_ENCODED
        ? room
        : new RoomKey(room.dialect(), "sha256:" + sha256(encoded));
  }

  public static String of(RoomKey room) {
    return room.dialect().wireName() + SEPARATOR + encode(canonical(room).id());
  }

  /** The canonical key of the room with that entity id. */
  public static RoomKey roomKey(String entityId) {
    int separator = entityId.indexOf(SEPARATOR);
    Dialect dialect =
        Dialect.of(entityId.substring(0, Math.max(separator, 0)))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        entityId + " names no room: it must begin with a dialect and a hyphen"));
    return new RoomKey(dialect, decode(entityId.substring(separator + 1)));
  }

  /**
   * ASCII becomes {@code %XX}, anything else {@code %uXXXX}, so that broken text stays distinct.
   */
  private static String encode(String id) {
    StringBuilder encoded = new StringBuilder(id.length() + HEX);
    for (int i = 0; i < id.length(); i++) {
      char each = id.charAt(i);
      if (isSafe(each)) {
        encoded.append(each);
      } else if (each < 0x80) {
        encoded.append('%').append(HexFormat.of().toHexDigits((byte) each));
      } else {
        encoded.append("%u").append(HexFormat.of().toHexDigits(each));
      }
    }
    return encoded.toString();
  }

  private static String decode(String encoded) {
    StringBuilder id = new StringBuilder(encoded.length());
    int at = 0;
    while (at < encoded.length()) {
      char each = encoded.charAt(at);
      if (each != '%') {
        id.append(each);
        at++;
      } else {
        int from = encoded.charAt(at + 1) == 'u' ? at + 2 : at + 1;
        int to = from == at + 2 ? from + 4 : from + 2;
        id.append((char) Integer.parseInt(encoded.substring(from, to), HEX));
        at = to;
      }
    }
    return id.toString();
  }

  private static boolean isSafe(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || "._~-".indexOf(each) >= 0;
  }

  private static String sha256(String encoded) {
    try {
      byte[] text = encoded.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
