package relay.core.endtoend;

/** Why a side wants no session with the other. */
public enum SessionRefusal {
  /** The phone was never paired, and no pairing is under way. */
  UNTRUSTED,
  /** The Mac has paired as many phones as it can. */
  TRUST_STORE_FULL,
  /** What came is no key, or one with which no secret can be agreed on. */
  BAD_KEYS,
  /** One's own keys came back. */
  REFLECTED,
  /** Another identity than the one that was on the Mac's screen. */
  WRONG_MAC,
  /** A side that is known to be able to do better offers old keys. */
  DOWNGRADED,
  /** The proof is not that of anybody who knows the secret. */
  WRONG_PROOF
}
