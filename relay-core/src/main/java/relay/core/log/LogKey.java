package relay.core.log;

import java.util.Locale;

/**
 * The only keys a log entry may carry; whatever has none here cannot be logged. Those down to
 * {@link #DURATION} are the closed list of pyrycode 9, the rest is the process's own.
 */
public enum LogKey {
  SERVER_ID,
  CONN_ID,
  BINARY_CONN_ID,
  DEVICE_NAME,
  REMOTE,
  BINARY_VERSION,
  ERR,
  PATH,
  FROM,
  TO,
  CLOSE_CODE,
  TOKEN_FP,
  FCM_MESSAGE_ID,
  DURATION,

  ROOM_ID,
  VERSION,
  MODE,
  LISTEN,
  NODE,
  SOCKETS,
  PROVIDER,
  ACCOUNT,
  FAMILY,
  NOTIFICATION,
  OUTCOME,
  COUNT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }
}
