package relay.http.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.DueDeletions;

/** Who is to be asked about a deletion, without a database. */
final class DeletionsInMemory implements DueDeletions {
  final Map<AccountId, Instant> noted = new HashMap<>();
  boolean isAway;

  @Override
  public CompletionStage<?> put(AccountId account, Instant at) {
    if (isAway) {
      return CompletableFuture.failedFuture(new IllegalStateException("no database"));
    }
    noted.put(account, at);
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletionStage<List<Due>> due(Instant now, int limit) {
    throw new UnsupportedOperationException("nobody here sweeps");
  }

  @Override
  public CompletionStage<?> move(Due due, Instant to) {
    throw new UnsupportedOperationException("nobody here sweeps");
  }

  @Override
  public CompletionStage<?> remove(Due due) {
    throw new UnsupportedOperationException("nobody here sweeps");
  }
}
