package relay.core.room;

/** What becomes of a room whose owner wants it forgotten (TermOnMac 1.11). */
public enum ReleaseAnswer {
  /** Nothing is kept of it, and its phone is closed. */
  RELEASED,
  /** It is not there, or another account's, which is the same to whoever asks. */
  NOT_FOUND,
  /** Its agent is connected. */
  IN_USE
}
