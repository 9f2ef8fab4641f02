package relay.http.socket.termonmac;

import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.Role;

/**
 * What this dialect's edge counts beside what all sockets do. Called from any thread, so
 * implementations are thread-safe; label values are these constants and nothing a client said.
 */
public interface TermonmacMeters {

  /** How an upgrade attempt ended. */
  enum Outcome {
    ACCEPTED,
    SANDBOX_KEY_INVALID,
    UNAUTHORIZED,
    ACCOUNT_DELETED,
    RATE_LIMITED,
    BAD_REQUEST,
    ROOM_LIMIT,
    FULL,
    UNAVAILABLE
  }

  /** Which way a frame went. */
  enum Direction {
    MAC_TO_PHONE,
    PHONE_TO_MAC
  }

  /** When a socket learnt that its account has no credits left. */
  enum Exhaustion {
    AT_CONNECT,
    MID_SESSION
  }

  void upgradeDecided(Outcome outcome);

  /** One client was told of one mistake. */
  void errorSaid(ErrorCode code);

  /** One socket was told {@code quota_exceeded}. */
  void creditsExhausted(Exhaustion when);

  /** So many frames have been handed to the network. */
  void framesForwarded(Direction direction, int frames);

  /** A socket holds a slot from now on. */
  void seated(Role role);

  /** A socket that held a slot is gone. */
  void unseated(Role role);
}
