package relay.core.entity;

import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.PersistenceId;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * Deletes what an entity has written, up to an event. It reads and writes no event; the typed API
 * of the entity itself deletes only what its retention allows.
 *
 * <p>Snapshots go first: one of them without the events behind it would bring the entity back.
 */
public final class Erasure extends AbstractPersistentActor {
  private static final EventLog LOG = EventLog.of(Erasure.class);

  private final String persistenceId;
  private final long latest;
  private final String failure;
  private final Runnable whenDone;

  private Erasure(String persistenceId, long latest, String failure, Runnable whenDone) {
    this.persistenceId = persistenceId;
    this.latest = latest;
    this.failure = failure;
    this.whenDone = whenDone;
  }

  /**
   * @param latest sequence number of the last event to be deleted
   * @param failure what the log entry is called if the journal cannot delete them
   */
  public static Props props(PersistenceId id, long latest, String failure) {
    return props(id, latest, failure, () -> {});
  }

  /**
   * @param whenDone runs once they are deleted, on this actor's thread; not at all where the
   *     journal cannot
   */
  public static Props props(PersistenceId id, long latest, String failure, Runnable whenDone) {
    return Props.create(Erasure.class, () -> new Erasure(id.id(), latest, failure, whenDone));
  }

  @Override
  public String persistenceId() {
    return persistenceId;
  }

  @Override
  public Recovery recovery() {
    return Recovery.none();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder().match(RecoveryCompleted.class, _ -> deleteSnapshots()).build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(DeleteSnapshotsSuccess.class, _ -> deleteMessages(latest))
        .match(DeleteSnapshotsFailure.class, failure -> failed(failure.cause()))
        .match(DeleteMessagesSuccess.class, _ -> done())
        .match(DeleteMessagesFailure.class, failure -> failed(failure.cause()))
        .build();
  }

  private void deleteSnapshots() {
    deleteSnapshots(SnapshotSelectionCriteria.create(latest, Long.MAX_VALUE));
  }

  private void done() {
    whenDone.run();
    getContext().stop(self());
  }

  private void failed(Throwable cause) {
    LOG.warn(failure).with(LogKey.ERR, cause.getClass().getName()).write();
    getContext().stop(self());
  }
}
