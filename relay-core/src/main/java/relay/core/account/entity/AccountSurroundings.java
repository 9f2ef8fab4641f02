package relay.core.account.entity;

import java.time.Duration;
import java.time.InstantSource;
import relay.core.account.AccountPolicy;
import relay.core.settings.AccountSettings;

/**
 * What all accounts of a node share.
 *
 * @param answerTimeout how long whoever asks an account waits for it, however often it is asked
 * @param passivateAfter how long an account without commands stays in memory
 */
public record AccountSurroundings(
    AccountPolicy policy,
    InstantSource clock,
    AccountAnnouncer announcer,
    AccountObserver observer,
    Duration answerTimeout,
    Duration passivateAfter) {

  public static AccountSurroundings of(
      AccountSettings settings,
      InstantSource clock,
      AccountAnnouncer announcer,
      AccountObserver observer) {
    return new AccountSurroundings(
        AccountPolicy.of(settings),
        clock,
        announcer,
        observer,
        settings.answerTimeout(),
        settings.passivateAfter());
  }
}
