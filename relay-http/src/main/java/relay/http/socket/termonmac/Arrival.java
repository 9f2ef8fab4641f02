package relay.http.socket.termonmac;

import java.util.Locale;
import java.util.OptionalInt;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.core.room.RoomKey;

/**
 * What an upgrade request was about (TermOnMac 2.1).
 *
 * @param hint what it calls itself, which is only believed until it registers or joins
 * @param maxSessions of its account's tier, if a room was granted with the upgrade
 */
record Arrival(String roomId, Hint hint, OptionalInt maxSessions) {

  /** The {@code role} of the query. */
  enum Hint {
    MAC,
    IOS,
    NONE;

    /** Anything else says nothing; test peers leave it out. */
    static Hint of(String role) {
      return switch (role.toLowerCase(Locale.ROOT)) {
        case "mac" -> MAC;
        case "ios" -> IOS;
        default -> NONE;
      };
    }

    Role role() {
      return this == MAC ? Role.AGENT : Role.PHONE;
    }
  }

  RoomKey room() {
    return new RoomKey(Dialect.TERMONMAC, roomId);
  }

  Arrival granted(int sessions) {
    return new Arrival(roomId, hint, OptionalInt.of(sessions));
  }
}
