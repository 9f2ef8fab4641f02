package relay.core.room;

/** Why a room lets a socket have no slot. */
public enum Refusal {
  /** Another agent holds the slot and answers. */
  ALREADY_CLAIMED,
  /** No agent holds the room. */
  NO_AGENT,
  /** All phone slots are taken. */
  TOO_MANY_PHONES
}
