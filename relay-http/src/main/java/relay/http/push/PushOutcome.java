package relay.http.push;

import java.util.Locale;

/** How a valid wake ended; the label of its counter (pyrycode 8.7). */
public enum PushOutcome {
  /** Accepted by Firebase Cloud Messaging. */
  SENT,
  /** Refused by it, because the device's token is dead. */
  UNREGISTERED,
  /** Refused by it for another reason, not answered, or given up at shutdown. */
  SEND_FAILED,
  /** Not even tried, since no access token could be had. */
  TOKEN_FETCH_FAILED,
  /** Dropped by a limit of ours. */
  DROPPED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }
}
