package relay.core.endtoend;

/** What a session asks of whoever runs it, to be done in order. */
public sealed interface SessionEffect {
  /** Store the session's memory before anything that follows. */
  record Persist() implements SessionEffect {}

  /** Hand this payload to the relay. */
  record Send(String payload) implements SessionEffect {
    @Override
    public String toString() {
      return "Send(" + payload.length() + " characters)";
    }
  }

  /** Tell the relay the hash of the new secret, on the same socket (TermOnMac 3.2). */
  record RegisterAgain() implements SessionEffect {}

  /** The other side has proven itself; said once a session. */
  record Authenticated() implements SessionEffect {}

  /** Something the other side said that is none of the handshake's business; JSON text. */
  record Heard(String json) implements SessionEffect {
    @Override
    public String toString() {
      return "Heard(" + json.length() + " characters)";
    }
  }

  /** There will be no session; the real Mac leaves the relay then and comes back. */
  record Refuse(SessionRefusal why) implements SessionEffect {}
}
