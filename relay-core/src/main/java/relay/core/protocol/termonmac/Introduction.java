package relay.core.protocol.termonmac;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.JsonMembers;
import relay.core.protocol.JsonString;
import relay.core.protocol.Keys;
import relay.core.protocol.termonmac.ClientMessage.Malformed;

/**
 * The fields with which a Mac or a phone introduces itself (TermOnMac 3.2, 3.4), read from a valid
 * JSON object. Absent, null and empty mean the same.
 */
final class Introduction {
  private static final int MAX_LENGTH = 256;
  private static final int LONGEST_ESCAPE = 6;
  private static final int MAX_DIGITS = 18;

  private enum Field {
    ROOM_ID("room_id"),
    SECRET_HASH("secret_hash"),
    PUBLIC_KEY("public_key"),
    SESSION_NONCE("session_nonce"),
    EPHEMERAL_KEY("ephemeral_key"),
    PAIRING_TOKEN_HASH("pairing_token_hash");

    private final String key;

    Field(String key) {
      this.key = key;
    }
  }

  private final Map<Field, String> texts = new EnumMap<>(Field.class);
  private final Set<Field> malformed = EnumSet.noneOf(Field.class);
  private OptionalLong expiresAt = OptionalLong.empty();
  private boolean isExpiryMalformed;

  private Introduction() {}

  static Introduction read(JsonMembers members, ByteBuffer object) {
    Introduction introduction = new Introduction();
    members.begin(object);
    while (members.next() == JsonMembers.Step.MEMBER) {
      introduction.take(members, object);
    }
    return introduction;
  }

  ClientMessage registration() {
    String secretHash = text(Field.SECRET_HASH);
    if (!isWhole() || isExpiryMalformed || secretHash.isEmpty()) {
      return Malformed.BAD_FIELD;
    }
    return new ClientMessage.RegisterRoom(
        text(Field.ROOM_ID),
        secretHash,
        keys(),
        given(Field.PAIRING_TOKEN_HASH)
            .map(hash -> new ClientMessage.PairingToken(hash, expiresAt)));
  }

  ClientMessage join() {
    return isWhole()
        ? new ClientMessage.JoinRoom(
            text(Field.ROOM_ID), keys(), given(Field.SECRET_HASH), given(Field.PAIRING_TOKEN_HASH))
        : Malformed.BAD_FIELD;
  }

  private boolean isWhole() {
    return malformed.isEmpty()
        && RoomId.isValid(text(Field.ROOM_ID))
        && !text(Field.PUBLIC_KEY).isEmpty();
  }

  private Keys keys() {
    return new Keys(text(Field.PUBLIC_KEY), text(Field.SESSION_NONCE), text(Field.EPHEMERAL_KEY));
  }

  private String text(Field field) {
    return texts.getOrDefault(field, "");
  }

  private Optional<String> given(Field field) {
    return Optional.of(text(field)).filter(text -> !text.isEmpty());
  }

  private void take(JsonMembers members, ByteBuffer object) {
    Field field = field(members);
    if (field != null) {
      takeText(field, members, object);
    } else if (members.keyIs("pairing_token_expires_at")) {
      takeExpiry(members, object);
    }
  }

  private static @Nullable Field field(JsonMembers members) {
    for (Field field : Field.values()) {
      if (members.keyIs(field.key)) {
        return field;
      }
    }
    return null;
  }

  /** In the place of an earlier one of the same name, well-formed or not. */
  private void takeText(Field field, JsonMembers members, ByteBuffer object) {
    texts.remove(field);
    malformed.remove(field);
    if (members.isNull()) {
      return;
    }
    String text = members.isString() ? decoded(members, object) : null;
    if (text == null || text.length() > MAX_LENGTH || !isPrintable(text)) {
      malformed.add(field);
    } else {
      texts.put(field, text);
    }
  }

  /** Null where it is too long to be worth it. */
  private static @Nullable String decoded(JsonMembers members, ByteBuffer object) {
    int start = members.valueStart() + 1;
    int end = members.valueEnd() - 1;
    return end - start > LONGEST_ESCAPE * MAX_LENGTH ? null : JsonString.decode(object, start, end);
  }

  /** Hashes and keys are hexadecimal or base64: whatever else they hold, it is no other script. */
  private static boolean isPrintable(String text) {
    return text.chars().allMatch(character -> character >= ' ' && character <= '~');
  }

  private void takeExpiry(JsonMembers members, ByteBuffer object) {
    expiresAt = OptionalLong.empty();
    isExpiryMalformed = false;
    if (members.isNull()) {
      return;
    }
    int start = members.valueStart();
    boolean isNegative = object.get(start) == '-';
    int digits = isNegative ? start + 1 : start;
    isExpiryMalformed = members.valueEnd() - digits > MAX_DIGITS;
    long seconds = 0;
    for (int at = digits; at < members.valueEnd() && !isExpiryMalformed; at++) {
      int digit = object.get(at) - '0';
      isExpiryMalformed = digit < 0 || digit > 9;
      seconds = 10 * seconds + digit;
    }
    expiresAt = OptionalLong.of(isNegative ? -seconds : seconds);
  }
}
