package relay.http.socket.pyrycode;

import relay.http.socket.Asking;

/** Where a phone stands with its room. */
sealed interface PhonePhase {

  /** The connection has not become a socket yet. */
  record Unopened() implements PhonePhase {}

  /** The room has been asked for a slot. */
  record Attaching(Asking asking, AgentPresence heard) implements PhonePhase {}

  /** The phone holds a slot. */
  record Seated(AgentPresence agent) implements PhonePhase {}

  /** It is being closed without ever having held a slot, as far as it knows. */
  record Unseated(boolean mayHoldSlot) implements PhonePhase {}

  /** It is being closed for what it sent. */
  record Stopped(AgentPresence agent) implements PhonePhase {}

  /** It is being closed by the relay. */
  record Ending(AgentPresence agent) implements PhonePhase {}

  /** It is being closed at its binary's request, behind a last frame or without one. */
  record Dismissed(int code, boolean withFrame) implements PhonePhase {}

  /** The same phase, knowing better where its binary is. */
  default PhonePhase hearing(AgentPresence news) {
    return switch (this) {
      case Attaching(var asking, var heard) -> new Attaching(asking, heard.then(news));
      case Seated(var agent) -> new Seated(agent.then(news));
      case Unopened _, Unseated _, Stopped _, Ending _, Dismissed _ -> this;
    };
  }
}
