package relay.http.socket.pyrycode;

import relay.http.socket.Asking;

/** Where a binary stands with its room. */
sealed interface BinaryPhase {

  /** The connection has not become a socket yet. */
  record Unopened() implements BinaryPhase {}

  /** The room has been asked for the slot; it may be probing another binary. */
  record Attaching(Asking asking) implements BinaryPhase {}

  /** The binary holds the server-id. */
  record Seated(long epoch) implements BinaryPhase {}

  /** It is being closed without ever having held the server-id, as far as it knows. */
  record Unseated(boolean mayHoldSlot) implements BinaryPhase {}

  /** It is being closed by the relay; a displaced one has nothing left to release. */
  record Ending(boolean isDisplaced) implements BinaryPhase {}
}
