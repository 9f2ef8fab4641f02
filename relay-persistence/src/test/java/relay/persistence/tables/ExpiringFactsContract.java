package relay.persistence.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.directory.ExpiringFacts;
import relay.core.directory.ExpiringFacts.FactKey;
import relay.core.settings.StorageSettings;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** Facts that count for a while, on every engine. */
abstract class ExpiringFactsContract {
  static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
  static final Instant SOON = NOW.plusSeconds(60);
  static final FactKey KEY = FactKey.of("code", "secret");

  Storage storage;
  private QueryPool queries;
  private QueryPool others;
  ExpiringFacts facts;
  private ExpiringFacts ofAnotherNode;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    queries = QueryPool.openForWrites(storage);
    others = QueryPool.openForWrites(storage);
    facts = new JdbcExpiringFacts(queries);
    ofAnotherNode = new JdbcExpiringFacts(others);
  }

  @AfterEach
  void close() {
    queries.close();
    others.close();
  }

  @Test
  void aFactIsTakenOnceOnWhateverNode() {
    assertThat(text(facts.putIfAbsent(KEY, bytes("fact"), SOON, NOW))).isEmpty();

    assertThat(text(ofAnotherNode.take(KEY, NOW))).contains("fact");
    assertThat(text(facts.take(KEY, NOW))).isEmpty();
  }

  @Test
  void ofManyWhoTakeAFactAtOnceOneGetsIt() {
    join(facts.putIfAbsent(KEY, bytes("fact"), SOON, NOW));

    List<CompletableFuture<Optional<byte[]>>> taken =
        IntStream.range(0, 20)
            .mapToObj(it -> (it % 2 == 0 ? facts : ofAnotherNode).take(KEY, NOW))
            .map(CompletionStage::toCompletableFuture)
            .toList();

    assertThat(taken.stream().filter(it -> it.join().isPresent())).hasSize(1);
  }

  @Test
  void theFirstOfManyWhoPutAtOnceIsKeptAndShownToTheOthers() {
    List<Optional<String>> found =
        IntStream.range(0, 20)
            .mapToObj(
                it ->
                    (it % 2 == 0 ? facts : ofAnotherNode)
                        .putIfAbsent(KEY, bytes("fact " + it), SOON, NOW))
            .toList()
            .stream()
            .map(ExpiringFactsContract::text)
            .toList();

    String kept = text(facts.take(KEY, NOW)).orElseThrow();
    assertThat(found.stream().filter(Optional::isEmpty)).hasSize(1);
    assertThat(found.stream().flatMap(Optional::stream)).hasSize(19).containsOnly(kept);
  }

  @Test
  void anExpiredFactIsAsIfItHadNeverBeen() {
    join(facts.putIfAbsent(KEY, bytes("old"), SOON, NOW));

    assertThat(text(facts.take(KEY, SOON))).isEmpty();
    join(facts.putIfAbsent(KEY, bytes("old"), SOON, NOW));
    assertThat(text(facts.putIfAbsent(KEY, bytes("new"), SOON.plusSeconds(60), SOON))).isEmpty();
    assertThat(text(facts.take(KEY, SOON))).contains("new");
  }

  @Test
  void aFactIsReplaced() {
    join(facts.put(KEY, bytes("one"), SOON, NOW));
    join(facts.put(KEY, bytes("two"), SOON, NOW));

    assertThat(text(facts.putIfAbsent(KEY, bytes("three"), SOON, NOW))).contains("two");
  }

  @Test
  void familiesDoNotMix() {
    join(facts.put(KEY, bytes("one"), SOON, NOW));

    assertThat(text(facts.take(FactKey.of("other", "secret"), NOW))).isEmpty();
  }

  @Test
  void whatHasExpiredIsRemovedInPassing() throws SQLException {
    for (int each = 0; each < 20; each++) {
      join(facts.putIfAbsent(FactKey.of("code", "old " + each), bytes("fact"), SOON, NOW));
    }
    for (int each = 0; each < 4; each++) {
      join(
          facts.putIfAbsent(
              FactKey.of("code", "new " + each), bytes("fact"), SOON.plusSeconds(60), SOON));
    }

    assertThat(rows()).isEqualTo(4);
  }

  @Test
  void aFactHasABound() {
    byte[] longest = new byte[ExpiringFacts.MAX_BYTES];
    join(facts.put(KEY, longest, SOON, NOW));

    assertThat(join(facts.take(KEY, NOW)))
        .hasValueSatisfying(it -> assertThat(it).isEqualTo(longest));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> facts.put(KEY, new byte[ExpiringFacts.MAX_BYTES + 1], SOON, NOW));
  }

  private long rows() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(storage.url(), storage.user(), storage.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM \"expiring_fact\"")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static Optional<String> text(CompletionStage<Optional<byte[]>> stage) {
    return join(stage).map(it -> new String(it, UTF_8));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
