package relay.persistence.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** Pekko's snapshot store on the journal's database. */
public final class RelaySnapshots extends SnapshotStore {
  private final JournalDatabase database = JournalDatabase.Id.of(context().system());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    SnapshotRange range = SnapshotRange.of(persistenceId, criteria);
    return FutureConverters.asScala(
        database
            .read(connection -> SnapshotTable.latest(connection, range))
            .thenApply(found -> found.map(this::select)));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return FutureConverters.asScala(save(metadata, snapshot));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return delete(SnapshotRange.of(metadata));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(SnapshotRange.of(persistenceId, criteria));
  }

  private Future<Void> delete(SnapshotRange range) {
    return FutureConverters.asScala(database.write(new Write.SnapshotDeletion(range)));
  }

  private CompletionStage<Void> save(SnapshotMetadata metadata, Object snapshot) {
    if (metadata.metadata().isDefined()) {
      return CompletableFuture.failedFuture(
          new UnsupportedOperationException("a snapshot with metadata: expected one without"));
    }
    return database.write(
        new Write.Snapshot(
            new SnapshotRow(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.timestamp(),
                Payload.of(snapshot, serialization))));
  }

  private SelectedSnapshot select(SnapshotRow row) {
    return SelectedSnapshot.create(
        SnapshotMetadata.apply(row.persistenceId(), row.sequence(), row.created()),
        row.payload().read(serialization));
  }
}
