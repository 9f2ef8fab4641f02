package relay.persistence.probe;

import java.sql.Statement;
import java.util.concurrent.CompletionStage;
import relay.core.health.ReadinessProbe;
import relay.persistence.QueryPool;

/** Asks the database for nothing, to see whether it answers. */
public final class DatabaseProbe implements ReadinessProbe {
  private static final int TIMEOUT_SECONDS = 3;

  private final QueryPool queries;

  public DatabaseProbe(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public CompletionStage<Boolean> check() {
    return queries.ask(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return statement.execute("SELECT 1");
          }
        });
  }
}
