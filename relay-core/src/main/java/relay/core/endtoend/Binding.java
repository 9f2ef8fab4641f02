package relay.core.endtoend;

/**
 * What a proof is tied to beside the secret: the ephemeral keys of both sides, so that a relay
 * which puts its own between them cannot pass a proof on; or nothing (TermOnMac 10.6).
 */
public record Binding(String ephemeralKeys) {
  /** The plain form, which every client understands. */
  public static final Binding NONE = new Binding("");

  /** Nothing, unless both sides have an ephemeral key; their order does not matter. */
  public static Binding of(Introduction one, Introduction other) {
    return one.hasEphemeralKey() && other.hasEphemeralKey()
        ? new Binding(sorted(one.ephemeralKey(), other.ephemeralKey()))
        : NONE;
  }

  public boolean isNone() {
    return ephemeralKeys.isEmpty();
  }

  /** Both texts, the lower first, with nothing between them. */
  static String sorted(String one, String other) {
    return one.compareTo(other) <= 0 ? one + other : other + one;
  }

  @Override
  public String toString() {
    return isNone() ? "Binding(none)" : "Binding(…)";
  }
}
