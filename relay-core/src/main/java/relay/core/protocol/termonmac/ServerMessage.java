package relay.core.protocol.termonmac;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import relay.core.protocol.Keys;

/** What the relay says to a client (TermOnMac 3.1), besides forwarding what the other side says. */
public sealed interface ServerMessage {

  /**
   * The room is the Mac's (TermOnMac 3.3).
   *
   * @param maxSessions terminals the account's tier allows; negative is no limit
   */
  record RoomRegistered(String roomId, int maxSessions) implements ServerMessage {}

  /** The other side is there, and these are its keys (TermOnMac 3.5). */
  record PeerJoined(Keys keys) implements ServerMessage {}

  /** The other side is gone (TermOnMac 3.8). */
  record PeerDisconnected(Reason reason) implements ServerMessage {}

  /** How the other side went. */
  enum Reason {
    CLIENT_LEFT,
    TIMEOUT,
    REPLACED,
    ROOM_DELETED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The relay lives (TermOnMac 3.9).
   *
   * @param match whether both sides are of one account, where that is known
   * @param isAccountDeleted said only where it is true
   */
  record HeartbeatAck(
      boolean isMacConnected, Optional<AccountMatch> match, boolean isAccountDeleted)
      implements ServerMessage {}

  /** Whether a phone's account is the one its room belongs to. */
  enum AccountMatch {
    MATCH,
    MISMATCH;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something is wrong (TermOnMac 3.10). */
  record Failure(
      ErrorCode code, String message, Optional<String> macEmail, Optional<String> iosEmail)
      implements ServerMessage {

    public static Failure of(ErrorCode code) {
      return of(code, code.text());
    }

    public static Failure of(ErrorCode code, String message) {
      return new Failure(code, message, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
      return "Failure[" + code + "]";
    }
  }

  /**
   * The account has used what it may (TermOnMac 3.11).
   *
   * @param resetsAt the end of the period
   */
  record QuotaExceeded(
      long usage, long limit, String period, Instant resetsAt, Optional<ExtraQuota> extra)
      implements ServerMessage {}

  /** What a welcome bonus had, and when it ends or ended. */
  record ExtraQuota(long used, long limit, Instant expiresAt) {}
}
