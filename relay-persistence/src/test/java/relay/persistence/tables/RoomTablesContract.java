package relay.persistence.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.directory.RoomHistory;
import relay.core.room.Dialect;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.settings.StorageSettings;
import relay.core.sharding.EntityIds;
import relay.core.sharding.RelaySharding;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.journal.StoredForm;
import relay.persistence.probe.DatabaseProbe;
import relay.persistence.schema.Migrations;

/** What operators read beside the journal, on every engine. */
abstract class RoomTablesContract {
  private static final Instant AT = Instant.parse("2026-11-21T08:30:00Z");

  private Storage storage;
  private QueryPool queries;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    queries = QueryPool.open(storage);
  }

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void anEmptyJournalHasNoRooms() {
    assertThat(page(Dialect.PYRYCODE, null, 1_000)).isEmpty();
  }

  @Test
  void everyRoomIsListedOnceHoweverItIsNamed() throws SQLException {
    List<RoomKey> rooms =
        Stream.of(
                "a", "B", "b", "a-b", "a b", "ä", "%", "~", "_", "0", "a/b|c", "\uD83D\uDE80", "\0")
            .map(id -> new RoomKey(Dialect.PYRYCODE, id))
            .toList();
    for (RoomKey room : rooms) {
      write(room, expired(1), expired(2), expired(3));
    }
    RoomKey longest = new RoomKey(Dialect.PYRYCODE, "ж".repeat(32_000));
    write(longest, expired(1));

    assertThat(page(Dialect.PYRYCODE, null, 1_000))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(rooms.stream(), Stream.of(EntityIds.canonical(longest))).toList());
    assertThat(pages(Dialect.PYRYCODE, 3)).isEqualTo(page(Dialect.PYRYCODE, null, 1_000));
  }

  @Test
  void eachDialectIsListedForItself() throws SQLException {
    RoomKey ours = new RoomKey(Dialect.PYRYCODE, "same");
    RoomKey theirs = new RoomKey(Dialect.TERMONMAC, "same");
    write(ours, expired(1));
    write(theirs, expired(1));

    assertThat(page(Dialect.PYRYCODE, null, 10)).containsExactly(ours);
    assertThat(page(Dialect.TERMONMAC, null, 10)).containsExactly(theirs);
  }

  @Test
  void aPageMayBeginAfterARoomThatIsGone() throws SQLException {
    write(new RoomKey(Dialect.PYRYCODE, "a"), expired(1));
    write(new RoomKey(Dialect.PYRYCODE, "c"), expired(1));

    assertThat(page(Dialect.PYRYCODE, "b", 10)).containsExactly(new RoomKey(Dialect.PYRYCODE, "c"));
  }

  @Test
  void aForgottenRoomIsNotListedUntilItIsUsedAgain() throws SQLException {
    RoomKey forgotten = new RoomKey(Dialect.PYRYCODE, "a");
    RoomKey kept = new RoomKey(Dialect.PYRYCODE, "b");
    write(forgotten, expired(1), new RoomEvent.RoomForgotten(AT));
    write(kept, expired(1));

    assertThat(page(Dialect.PYRYCODE, null, 1)).containsExactly(kept);
    assertThat(history(forgotten, 0, 10)).isEmpty();

    write(forgotten, 3, expired(7));

    assertThat(page(Dialect.PYRYCODE, null, 10)).containsExactly(forgotten, kept);
    assertThat(history(forgotten, 0, 10)).containsExactly(new RoomHistory.Entry(3, expired(7)));
  }

  @Test
  void aRoomWhoseEventsAreAllDeletedIsNotListed() throws SQLException {
    RoomKey room = new RoomKey(Dialect.PYRYCODE, "a");
    write(room, expired(1));
    execute("UPDATE \"event_journal\" SET \"deleted\" = TRUE");

    assertThat(page(Dialect.PYRYCODE, null, 10)).isEmpty();
    assertThat(history(room, 0, 10)).isEmpty();
  }

  @Test
  void historyIsReadInOrderAPageAtATime() throws SQLException {
    RoomKey room = new RoomKey(Dialect.PYRYCODE, "a");
    write(room, expired(1), expired(2), expired(3));
    write(new RoomKey(Dialect.PYRYCODE, "a-"), expired(9));

    assertThat(history(room, 0, 2))
        .containsExactly(
            new RoomHistory.Entry(1, expired(1)), new RoomHistory.Entry(2, expired(2)));
    assertThat(history(room, 2, 2)).containsExactly(new RoomHistory.Entry(3, expired(3)));
    assertThat(history(room, 3, 2)).isEmpty();
  }

  @Test
  void anEventOfAnotherSerializerIsNotGuessed() throws SQLException {
    RoomKey room = new RoomKey(Dialect.PYRYCODE, "a");
    write(room, expired(1));
    execute("UPDATE \"event_journal\" SET \"event_ser_id\" = 33");

    assertThatThrownBy(() -> history(room, 0, 2))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SQLDataException.class)
        .hasMessageContaining("serializer 33");
  }

  @Test
  void aPageHasItsLimits() {
    assertThatIllegalArgumentException().isThrownBy(() -> page(Dialect.PYRYCODE, null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> page(Dialect.PYRYCODE, null, 1_001));
    RoomKey room = new RoomKey(Dialect.PYRYCODE, "a");
    assertThatIllegalArgumentException().isThrownBy(() -> history(room, 0, 1_001));
  }

  @Test
  void theDatabaseIsReadyWhileItAnswers() {
    DatabaseProbe probe = new DatabaseProbe(queries);

    assertThat(join(probe.check())).isTrue();

    queries.close();
    assertThatThrownBy(() -> join(probe.check())).isInstanceOf(CompletionException.class);
  }

  private static RoomEvent expired(long epoch) {
    return new RoomEvent.GraceExpired(epoch, AT);
  }

  private List<RoomKey> pages(Dialect dialect, int limit) {
    List<RoomKey> all = new ArrayList<>(page(dialect, null, limit));
    int before = 0;
    while (all.size() == before + limit) {
      before = all.size();
      all.addAll(page(dialect, all.getLast().id(), limit));
    }
    return all;
  }

  private List<RoomKey> page(Dialect dialect, @Nullable String after, int limit) {
    return join(new JdbcRoomDirectory(queries).page(dialect, after, limit));
  }

  private List<RoomHistory.Entry> history(RoomKey room, long after, int limit) {
    return join(new JdbcRoomHistory(queries).page(room, after, limit));
  }

  private static <T> T join(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  private void write(RoomKey room, RoomEvent... events) throws SQLException {
    write(room, 1, events);
  }

  private void write(RoomKey room, long first, RoomEvent... events) throws SQLException {
    String sql =
        "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
            + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\","
            + " \"event_ser_manifest\", \"event_payload\") VALUES (?, ?, '', 0, '', ?, ?, ?)";
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      long sequence = first;
      for (RoomEvent event : events) {
        statement.setString(1, RelaySharding.persistenceId(room).id());
        statement.setLong(2, sequence++);
        statement.setInt(3, StoredForm.SERIALIZER_ID);
        statement.setString(4, StoredForm.manifest(event));
        statement.setBytes(5, StoredForm.write(event));
        statement.executeUpdate();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(storage.url(), storage.user(), storage.password());
  }
}
