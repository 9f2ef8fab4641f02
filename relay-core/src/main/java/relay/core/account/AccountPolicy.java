package relay.core.account;

import java.time.Duration;
import java.time.Instant;
import relay.core.settings.AccountSettings;

/**
 * How long credentials and deleted accounts last, and how many sign-ins an account may have.
 *
 * @param keyTtl of an API key that is not used; every use begins it anew
 * @param refreshTtl of a family that is not used; every use begins it anew
 * @param lifetime of a family, used or not; 0 is without end
 * @param rotationGrace how long a rotation is answered again, and the old key works on
 * @param deletionGrace how long a deletion can be undone
 */
public record AccountPolicy(
    Duration keyTtl,
    Duration refreshTtl,
    Duration lifetime,
    Duration rotationGrace,
    Duration deletionGrace,
    int maxFamilies) {
  /** A use is kept once it tells this part of a key's life from the last one that was. */
  private static final int USES_PER_LIFE = 100;

  public static AccountPolicy of(AccountSettings settings) {
    return new AccountPolicy(
        settings.keyTtl(),
        settings.refreshTtl(),
        settings.lifetime(),
        settings.rotationGrace(),
        settings.deletionGrace(),
        settings.maxFamilies());
  }

  /** When a family that was last used then ends, if it is not used again. */
  Instant familyUntil(Instant begun, Instant lastUsed) {
    Instant unused = lastUsed.plus(refreshTtl);
    return lifetime.isZero() ? unused : earlier(unused, begun.plus(lifetime));
  }

  /** When the key of a family that was last used then ends, if it is not used again. */
  Instant keyUntil(Instant begun, Instant lastUsed) {
    return earlier(lastUsed.plus(keyTtl), familyUntil(begun, lastUsed));
  }

  /** Not every request is worth a write: a key may end one hundredth of its life early. */
  boolean isWorthKeeping(Instant use, Instant lastUsed) {
    return !use.isBefore(lastUsed.plus(keyTtl.dividedBy(USES_PER_LIFE)));
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
