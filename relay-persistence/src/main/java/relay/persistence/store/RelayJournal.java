package relay.persistence.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko's journal on our database; the events of all entities that write at once share a commit.
 */
public final class RelayJournal extends AsyncWriteJournal {
  private final JournalDatabase database = JournalDatabase.Id.of(context().system());
  private final Serialization serialization = SerializationExtension.get(context().system());
  private final InstantSource clock = InstantSource.system();

  /** An entity that restarts must not read past a write of its own that is still under way. */
  private final Map<String, CompletionStage<?>> underWay = new ConcurrentHashMap<>();

  /** Answers a list of nothing: all are written, or else the future fails. */
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    long now = clock.millis();
    List<Optional<Exception>> rejections = new ArrayList<>();
    List<EventRow> rows = new ArrayList<>();
    for (AtomicWrite write : writes) {
      rejections.add(serialize(write, now, rows));
    }
    CompletionStage<Void> written =
        rows.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : submit(rows.getFirst().persistenceId(), new Write.Events(rows));
    return FutureConverters.asScala(written.thenApply(_ -> rejections));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return FutureConverters.asScala(
        database.write(new Write.EventDeletion(persistenceId, toSequenceNr)));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    CompletionStage<?> before = underWay.get(persistenceId);
    CompletionStage<Long> highest =
        before == null
            ? highest(persistenceId)
            : before.handle((_, _) -> persistenceId).thenCompose(this::highest);
    return FutureConverters.asScala(highest);
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    CompletionStage<Void> replayed =
        database
            .read(
                connection ->
                    EventTable.range(connection, persistenceId, fromSequenceNr, toSequenceNr, max))
            .thenAccept(rows -> rows.forEach(row -> replay.accept(row.read(serialization))));
    return FutureConverters.asScala(replayed);
  }

  private CompletionStage<Long> highest(String persistenceId) {
    return database.read(connection -> EventTable.highest(connection, persistenceId));
  }

  private CompletionStage<Void> submit(String persistenceId, Write write) {
    CompletionStage<Void> written = database.write(write);
    underWay.put(persistenceId, written);
    written.whenComplete((_, _) -> underWay.remove(persistenceId, written));
    return written;
  }

  /** What cannot be serialized is rejected, and its entity goes on. */
  private Optional<Exception> serialize(AtomicWrite write, long now, List<EventRow> rows) {
    try {
      rows.addAll(
          CollectionConverters.asJava(write.payload()).stream()
              .map(event -> EventRow.of(event, now, serialization))
              .toList());
      return Optional.empty();
    } catch (RuntimeException unserializable) {
      return Optional.of(unserializable);
    }
  }
}
