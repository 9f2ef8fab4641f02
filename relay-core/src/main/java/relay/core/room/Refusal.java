package relay.core.room;

/** Why a room lets a socket have no slot. */
public enum Refusal {
  /** Another agent holds the slot and answers. */
  ALREADY_CLAIMED,
  /** No agent holds the room. */
  NO_AGENT,
  /** All phone slots are taken. */
  TOO_MANY_PHONES,
  /** The room is another agent's: neither its secret nor its key and account were shown. */
  SECRET_MISMATCH,
  /** The secret or token is right, and the room is another account's. */
  ACCOUNT_MISMATCH,
  /** Nobody has registered the room. */
  UNKNOWN_ROOM,
  /** The pairing token has let in a phone already. */
  TOKEN_USED,
  /** The pairing token's time is over. */
  TOKEN_EXPIRED,
  /** Neither the room's secret nor its pairing token was shown. */
  WRONG_CREDENTIALS,
  /** The agent has closed its connection again and again rather than meet this phone. */
  REJECTED_BY_AGENT
}
