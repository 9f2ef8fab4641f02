package relay.core.directory;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/**
 * Which accounts to ask whether their deletion is complete, and when. It may name accounts that are
 * not being deleted: the account decides. Every stage fails where the database does not answer.
 */
public interface DueDeletions {
  int MAX_PAGE = 1_000;

  /**
   * An account that is to be asked.
   *
   * @param at whole milliseconds
   */
  record Due(AccountId account, Instant at) {}

  /** Written before the account is told of its deletion, in place of what was there. */
  CompletionStage<?> put(AccountId account, Instant at);

  /**
   * Those that are due, longest ago first.
   *
   * @param limit from 1 to {@link #MAX_PAGE}
   */
  CompletionStage<List<Due>> due(Instant now, int limit);

  /** Asks later, unless somebody has put the account meanwhile. */
  CompletionStage<?> move(Due due, Instant to);

  /** Asks no more, unless somebody has put the account meanwhile. */
  CompletionStage<?> remove(Due due);
}
