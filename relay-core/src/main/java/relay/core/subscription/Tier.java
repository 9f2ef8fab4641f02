package relay.core.subscription;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account has paid for, the least first (TermOnMac 6.3). */
public enum Tier {
  FREE,
  PRO,
  PREMIUM;

  /** Reads what clients and operators write; empty for anything else. */
  public static Optional<Tier> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Tier orBetter(Tier other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
