package relay.persistence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.settings.StorageSettings;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What is written in groups, and what is read of it, on every engine. */
abstract class StoreContract {
  private static final int MAX_WAITING = 4;
  private static final int PACED = 20;

  private HikariDataSource pool;
  private HeldConnections connections;
  private GroupCommit writer;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void open() {
    Storage storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    HikariConfig config = new HikariConfig();
    storage.addTo(config);
    config.setMaximumPoolSize(2);
    pool = new HikariDataSource(config);
    connections = new HeldConnections(pool::getConnection);
    writer = new GroupCommit(connections, MAX_WAITING);
  }

  @AfterEach
  void close() {
    connections.release();
    writer.close();
    pool.close();
  }

  @Test
  void whatWaitsSharesATransaction() throws Exception {
    CompletionStage<Void> first = hold("a");
    CompletionStage<Void> second = writer.submit(events("b", 1));
    CompletionStage<Void> third = writer.submit(events("c", 1, 2));
    connections.release();

    await(first);
    await(second);
    await(third);
    assertThat(connections.taken()).as("one for the first, one for the others").isEqualTo(2);
    assertThat(sequences("c")).containsExactly(1L, 2L);
  }

  @Test
  void commitsAreNoMoreOftenThanTheirPace() throws Exception {
    long begun = System.nanoTime();
    for (int sequence = 1; sequence <= PACED; sequence++) {
      await(writer.submit(events("a", sequence)));
    }

    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo((PACED - 1) * GroupCommit.PACE);
    assertThat(connections.taken()).isEqualTo(PACED);
  }

  @Test
  void whatWakesTheirThreadBeforeTimeDoesNotHastenCommits() throws Exception {
    GroupCommit.Connections waking =
        () -> {
          Connection connection = connections.take();
          LockSupport.unpark(Thread.currentThread());
          return connection;
        };
    try (GroupCommit woken = new GroupCommit(waking, MAX_WAITING)) {
      long begun = System.nanoTime();
      for (int sequence = 1; sequence <= PACED; sequence++) {
        await(woken.submit(events("a", sequence)));
      }

      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo((PACED - 1) * GroupCommit.PACE);
    }
  }

  @Test
  void aWriteThatIsRefusedFailsAloneAndWhole() throws Exception {
    CompletionStage<Void> first = hold("a");
    CompletionStage<Void> refused = writer.submit(events("a", 2, 1));
    CompletionStage<Void> other = writer.submit(events("b", 1));
    connections.release();

    await(first);
    await(other);
    assertThatThrownBy(() -> await(refused)).hasCauseInstanceOf(SQLException.class);
    assertThat(sequences("a")).containsExactly(1L);
    assertThat(sequences("b")).containsExactly(1L);
  }

  @Test
  void afterADatabaseThatCannotBeReachedItGoesOn() throws Exception {
    connections.failOnce();

    assertThatThrownBy(() -> await(writer.submit(events("a", 1))))
        .hasCauseInstanceOf(SQLException.class);
    await(writer.submit(events("a", 1)));
    assertThat(sequences("a")).containsExactly(1L);
  }

  @Test
  void tooManyThatWaitFailAtOnce() throws Exception {
    hold("a");
    for (int waiting = 0; waiting < MAX_WAITING; waiting++) {
      writer.submit(events("b" + waiting, 1));
    }

    assertThatThrownBy(() -> await(writer.submit(events("c", 1))))
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatWaitsAtTheEndIsWrittenAndWhatComesLaterFails() throws Exception {
    CompletionStage<Void> last = writer.submit(events("a", 1));
    writer.close();

    await(last);
    assertThat(sequences("a")).containsExactly(1L);
    assertThatThrownBy(() -> await(writer.submit(events("a", 2))))
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> await(writer.submit(events("a", 2))))
        .as("again")
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aDeletionKeepsTheCountOfAnEntitysEvents() throws Exception {
    await(writer.submit(events("a", 1, 2, 3)));
    await(writer.submit(events("b", 1)));

    await(writer.submit(new Write.EventDeletion("a", 2)));
    assertThat(sequences("a")).containsExactly(3L);

    await(writer.submit(new Write.EventDeletion("a", Long.MAX_VALUE)));
    assertThat(sequences("a")).isEmpty();
    assertThat(highest("a")).isEqualTo(3);
    assertThat(sequences("b")).containsExactly(1L);

    await(writer.submit(events("a", 4)));
    await(writer.submit(new Write.EventDeletion("a", 3)));
    assertThat(sequences("a")).containsExactly(4L);
    await(writer.submit(new Write.EventDeletion("nobody", 1)));
    assertThat(highest("nobody")).isZero();
  }

  @Test
  void eventsAreReadInOrderAndWithinBounds() throws Exception {
    await(writer.submit(events("a", 1, 2, 3, 4, 5)));

    try (Connection connection = pool.getConnection()) {
      assertThat(EventTable.range(connection, "a", 2, 4, 2))
          .extracting(EventRow::sequence)
          .containsExactly(2L, 3L);
    }
  }

  @Test
  void theLatestSnapshotOfARangeIsReadAndASecondOneReplacesTheFirst() throws Exception {
    await(writer.submit(snapshot(10, 1_000)));
    await(writer.submit(snapshot(20, 2_000)));
    await(writer.submit(snapshot(20, 2_001)));

    assertThat(latest(0, Long.MAX_VALUE)).isEqualTo(2_001);
    assertThat(latest(0, 19)).isEqualTo(1_000);
    assertThat(latest(0, 9)).isEqualTo(-1);

    await(writer.submit(new Write.SnapshotDeletion(range(11, 20))));
    assertThat(latest(0, Long.MAX_VALUE)).isEqualTo(1_000);
  }

  /** Until released, what is submitted later waits. */
  private CompletionStage<Void> hold(String persistenceId) throws InterruptedException {
    connections.hold();
    CompletionStage<Void> held = writer.submit(events(persistenceId, 1));
    connections.awaitHeld();
    return held;
  }

  private static Write events(String persistenceId, long... sequences) {
    return new Write.Events(
        LongStream.of(sequences)
            .mapToObj(it -> new EventRow(persistenceId, it, "writer", 0, "", payload()))
            .toList());
  }

  private static Write snapshot(long sequence, long created) {
    return new Write.Snapshot(new SnapshotRow("a", sequence, created, payload()));
  }

  private static Payload payload() {
    return new Payload(1, "manifest", new byte[] {1});
  }

  private static SnapshotRange range(long from, long to) {
    return new SnapshotRange("a", from, to, 0, Long.MAX_VALUE);
  }

  private long latest(long from, long to) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return SnapshotTable.latest(connection, range(from, to))
          .map(SnapshotRow::created)
          .orElse(-1L);
    }
  }

  private List<Long> sequences(String persistenceId) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return EventTable.range(connection, persistenceId, 0, Long.MAX_VALUE, 100).stream()
          .map(EventRow::sequence)
          .toList();
    }
  }

  private long highest(String persistenceId) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return EventTable.highest(connection, persistenceId);
    }
  }

  private static void await(CompletionStage<Void> written) throws Exception {
    written.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
