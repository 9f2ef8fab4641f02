package relay.http.socket.termonmac;

import java.util.Optional;
import relay.core.limits.Limit;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.protocol.termonmac.ServerMessage.Failure;
import relay.core.room.Refusal;

/**
 * What a socket is told that its room refuses (TermOnMac 3.10, 4.4, 4.5).
 *
 * @param closeReason of phones, which are closed; Macs are not
 */
record Rejection(ErrorCode code, String message, String closeReason) {

  static Rejection of(Refusal why) {
    return switch (why) {
      case SECRET_MISMATCH -> authFailed("Room secret mismatch", "room secret mismatch");
      case TOKEN_USED -> authFailed("Pairing token already used", "pairing token already used");
      case TOKEN_EXPIRED -> authFailed("Pairing token expired", "pairing token expired");
      case WRONG_CREDENTIALS ->
          authFailed("Neither room secret nor pairing token is right", "authentication failed");
      case REJECTED_BY_AGENT -> authFailed("Rejected by the Mac", "rejected by the mac");
      case ACCOUNT_MISMATCH ->
          new Rejection(
              ErrorCode.ACCOUNT_MISMATCH, ErrorCode.ACCOUNT_MISMATCH.text(), "account mismatch");
      case UNKNOWN_ROOM ->
          new Rejection(
              ErrorCode.ROOM_NOT_FOUND, ErrorCode.ROOM_NOT_FOUND.text(), "room not found");
      case ALREADY_CLAIMED, NO_AGENT, TOO_MANY_PHONES ->
          throw new IllegalArgumentException(why + " is of a dialect without credentials");
    };
  }

  private static Rejection authFailed(String message, String closeReason) {
    return new Rejection(ErrorCode.AUTH_FAILED, message, closeReason);
  }

  /** Charges the account for it, and says how it is told without anybody's address. */
  Failure chargedTo(Line line) {
    if (code == ErrorCode.AUTH_FAILED) {
      var _ = line.ports().limits().take(Limit.AUTH_FAILED, line.caller().account().value());
    }
    return Failure.of(code, message);
  }

  /** A stranger learns no address but its own. */
  Failure toMac(Line line) {
    Failure plain = chargedTo(line);
    return code == ErrorCode.ACCOUNT_MISMATCH
        ? new Failure(code, message, line.caller().email(), Optional.empty())
        : plain;
  }

  /** Who has shown the room's secret may know whose it is. */
  Failure toPhone(Line line, Optional<String> ownersEmail) {
    return new Failure(code, message, ownersEmail, line.caller().email());
  }
}
