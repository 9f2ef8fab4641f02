package relay.persistence.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.directory.DueDeletions;
import relay.core.directory.DueDeletions.Due;
import relay.core.directory.RoomOwners;
import relay.core.settings.StorageSettings;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What leads to the accounts and rooms that are to be erased, on every engine. */
abstract class ErasureTablesContract {
  private static final AccountId ADA = new AccountId("a".repeat(32));
  private static final AccountId BEN = new AccountId("b".repeat(32));
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00.123Z");

  private QueryPool queries;
  private DueDeletions deletions;
  private RoomOwners rooms;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    Storage storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    queries = QueryPool.openForWrites(storage);
    deletions = new JdbcDueDeletions(queries);
    rooms = new JdbcRoomOwners(queries);
  }

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void whoIsDueIsFoundLongestAgoFirst() {
    join(deletions.put(ADA, NOW));
    join(deletions.put(BEN, NOW.minusMillis(1)));

    assertThat(join(deletions.due(NOW.minusMillis(2), 10))).isEmpty();
    assertThat(join(deletions.due(NOW, 10)))
        .containsExactly(new Due(BEN, NOW.minusMillis(1)), new Due(ADA, NOW));
    assertThat(join(deletions.due(NOW, 1))).containsExactly(new Due(BEN, NOW.minusMillis(1)));
  }

  @Test
  void anAccountHasOneTimeAndTheLatestCounts() {
    join(deletions.put(ADA, NOW));
    join(deletions.put(ADA, NOW.plusSeconds(1)));

    assertThat(join(deletions.due(NOW, 10))).isEmpty();
    assertThat(join(deletions.due(NOW.plusSeconds(1), 10)))
        .containsExactly(new Due(ADA, NOW.plusSeconds(1)));
  }

  @Test
  void whoIsPutMeanwhileIsNeitherMovedNorRemoved() {
    Due read = new Due(ADA, NOW);
    join(deletions.put(ADA, NOW.plusSeconds(1)));

    join(deletions.move(read, NOW.plusSeconds(9)));
    join(deletions.remove(read));

    Due put = new Due(ADA, NOW.plusSeconds(1));
    assertThat(join(deletions.due(NOW.plusSeconds(1), 10))).containsExactly(put);
    join(deletions.move(put, NOW.plusSeconds(2)));
    assertThat(join(deletions.due(NOW.plusSeconds(1), 10))).isEmpty();
    join(deletions.remove(new Due(ADA, NOW.plusSeconds(2))));
    assertThat(join(deletions.due(NOW.plusSeconds(9), 10))).isEmpty();
  }

  @Test
  void manyMayPutTheSameAccountAtOnce() {
    IntStream.range(0, 16)
        .mapToObj(each -> deletions.put(ADA, NOW.plusMillis(each)).toCompletableFuture())
        .toList()
        .forEach(put -> put.join());

    assertThat(join(deletions.due(NOW.plusSeconds(1), 10))).hasSize(1);
  }

  @Test
  void roomsAreFoundByWhoMayHaveRegisteredThem() {
    join(rooms.add(ADA, "one"));
    join(rooms.add(ADA, "one"));
    join(rooms.add(ADA, "two"));
    join(rooms.add(BEN, "one"));

    assertThat(join(rooms.some(ADA, 10))).containsExactlyInAnyOrder("one", "two");
    assertThat(join(rooms.some(ADA, 1))).hasSize(1);
    join(rooms.remove(ADA, List.of("one", "two", "never")));
    assertThat(join(rooms.some(ADA, 10))).isEmpty();
    assertThat(join(rooms.some(BEN, 10))).containsExactly("one");
  }

  @Test
  void whatIsRememberedIsNotWrittenAgain() {
    RoomOwners cached = new CachedRoomOwners(rooms, 10);
    join(cached.add(ADA, "one"));
    join(rooms.remove(ADA, List.of("one")));
    join(cached.add(ADA, "one"));
    assertThat(join(rooms.some(ADA, 10))).as("it took it for written").isEmpty();

    join(cached.remove(ADA, List.of("one")));
    join(cached.add(ADA, "one"));
    assertThat(join(cached.some(ADA, 10))).containsExactly("one");
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
