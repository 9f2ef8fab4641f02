package relay.core.endtoend;

/** How both sides come to their session's key, depending on what both have (TermOnMac 10.3). */
public enum Suite {
  /** Ephemeral keys and nonces: a key that no later theft reveals. */
  V2("remotedev-v2"),
  /** Identity keys and nonces. */
  V1_WITH_NONCES("remotedev-v1"),
  /** Identity keys alone: the same key for every session. */
  V1_LEGACY("remotedev-v1");

  private final String saltPrefix;

  Suite(String saltPrefix) {
    this.saltPrefix = saltPrefix;
  }

  /** What both sides choose; the order of the two does not matter. */
  public static Suite of(Introduction one, Introduction other) {
    if (!one.hasNonce() || !other.hasNonce()) {
      return V1_LEGACY;
    }
    return one.hasEphemeralKey() && other.hasEphemeralKey() ? V2 : V1_WITH_NONCES;
  }

  String salt(String oneNonce, String otherNonce) {
    return switch (this) {
      case V1_LEGACY -> saltPrefix;
      case V2, V1_WITH_NONCES -> saltPrefix + Binding.sorted(oneNonce, otherNonce);
    };
  }
}
