package relay.core.room;

/** The two kinds of slot a room has. */
public enum Role {
  AGENT,
  PHONE
}
