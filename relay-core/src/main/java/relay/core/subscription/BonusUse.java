package relay.core.subscription;

import java.time.Instant;

/**
 * Credits used of a bonus.
 *
 * @param grantedAt when that bonus was created; of another one this use says nothing
 */
public record BonusUse(Instant grantedAt, long credits) {

  boolean isOf(WelcomeBonus bonus) {
    return grantedAt.equals(bonus.createdAt());
  }
}
