package relay.http.ops;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

/**
 * How much of a list is asked for, and behind what.
 *
 * @param after an opaque text of the page before, decoded; null for the first page
 */
record PageRequest(@Nullable String after, int limit) {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  static PageRequest of(Map<String, String> parameters) {
    try {
      int limit =
          Optional.ofNullable(parameters.get("limit")).map(Integer::parseInt).orElse(DEFAULT_LIMIT);
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new OpsFailure(OpsError.BAD_REQUEST);
      }
      return new PageRequest(
          Optional.ofNullable(parameters.get("after")).map(PageRequest::decoded).orElse(null),
          limit);
    } catch (IllegalArgumentException _) {
      throw new OpsFailure(OpsError.BAD_REQUEST);
    }
  }

  /** The room that {@code after} stands for. */
  Optional<RoomKey> room() {
    if (after == null) {
      return Optional.empty();
    }
    String[] parts = after.split("/", 2);
    if (parts.length != 2 || parts[1].isEmpty()) {
      throw new OpsFailure(OpsError.BAD_REQUEST);
    }
    return Optional.of(
        new RoomKey(
            Dialect.of(parts[0]).orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST)),
            parts[1]));
  }

  /** The event number that {@code after} stands for. */
  long sequence() {
    try {
      return after == null ? 0 : Long.parseLong(after);
    } catch (NumberFormatException _) {
      throw new OpsFailure(OpsError.BAD_REQUEST);
    }
  }

  static String after(RoomKey room) {
    return encoded(room.dialect().wireName() + "/" + room.id());
  }

  static String after(long sequence) {
    return encoded(Long.toString(sequence));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
