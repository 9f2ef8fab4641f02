package relay.core.directory;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/**
 * The rooms of TermOnMac that an account was granted, ever. It may name rooms that are gone or
 * another account's: the room decides. Every stage fails where the database does not answer.
 */
public interface RoomOwners {
  int MAX_PAGE = 1_000;

  /**
   * Written once the account has been granted the room, before it can be registered; what is there
   * already stays.
   */
  CompletionStage<?> add(AccountId owner, String roomId);

  /**
   * Some of an account's rooms, in no order; fewer than asked for means that there are no more.
   *
   * @param limit from 1 to {@link #MAX_PAGE}
   */
  CompletionStage<List<String>> some(AccountId owner, int limit);

  CompletionStage<?> remove(AccountId owner, Collection<String> roomIds);
}
