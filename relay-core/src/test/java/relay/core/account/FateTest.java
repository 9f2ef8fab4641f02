package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which accounts are erased, and which are asked again (TermOnMac 7.7). */
class FateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofDays(30);
  private static final AccountPolicy POLICY =
      new AccountPolicy(
          Duration.ofDays(30),
          Duration.ofDays(180),
          Duration.ZERO,
          Duration.ofMinutes(5),
          GRACE,
          16);

  private static Fate of(Account account, Instant now) {
    return Fate.of(new AccountArbiter(POLICY, account).describe(now).answer());
  }

  private static Account created() {
    return Account.evolve(
        new Account.Vacant(), new AccountEvent.AccountCreated(PersonalDetails.NONE, NOW));
  }

  private static Account deleted() {
    return Account.evolve(created(), new AccountEvent.AccountDeleted(NOW.plus(GRACE), NOW));
  }

  @Test
  void anAccountThatIsNotBeingDeletedStays() {
    assertThat(of(created(), NOW)).isEqualTo(new Fate.Stays());
    assertThat(of(new Account.Vacant(), NOW)).isEqualTo(new Fate.Stays());
    assertThat(
            of(Account.evolve(deleted(), new AccountEvent.AccountRestored(NOW)), NOW.plus(GRACE)))
        .isEqualTo(new Fate.Stays());
  }

  @Test
  void oneThatCanStillBeRestoredIsAskedOnceItCannot() {
    Instant last = NOW.plus(GRACE).minusMillis(1);

    assertThat(of(deleted(), last)).isEqualTo(new Fate.Waits(NOW.plus(GRACE).plus(Fate.LINGER)));
  }

  @Test
  void oneThatCannotBeRestoredEndsAndHasEnded() {
    assertThat(of(deleted(), NOW.plus(GRACE))).isEqualTo(new Fate.Ends());
    assertThat(of(new Account.Erased(NOW), NOW)).isEqualTo(new Fate.Ends());
  }

  @Test
  void whoIsAskedWhenItIsDueEnds() {
    assertThat(List.of(of(deleted(), Fate.dueAt(NOW.plus(GRACE))))).containsOnly(new Fate.Ends());
  }
}
