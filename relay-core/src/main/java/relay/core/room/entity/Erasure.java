package relay.core.room.entity;

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
 * Deletes what a forgotten room has written, up to the event that says so. It reads and writes no
 * event; the typed API of the room itself deletes only what its retention allows.
 *
 * <p>Snapshots go first: one of them without the events behind it would bring the room back.
 */
final class Erasure extends AbstractPersistentActor {
  private static final EventLog LOG = EventLog.of(Erasure.class);

  private final String persistenceId;
  private final long latest;

  private Erasure(String persistenceId, long latest) {
    this.persistenceId = persistenceId;
    this.latest = latest;
  }

  /**
   * @param latest sequence number of the last event to be deleted
   */
  static Props props(PersistenceId id, long latest) {
    return Props.create(Erasure.class, () -> new Erasure(id.id(), latest));
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
        .match(DeleteMessagesSuccess.class, _ -> getContext().stop(self()))
        .match(DeleteMessagesFailure.class, failure -> failed(failure.cause()))
        .build();
  }

  private void deleteSnapshots() {
    deleteSnapshots(SnapshotSelectionCriteria.create(latest, Long.MAX_VALUE));
  }

  private void failed(Throwable cause) {
    LOG.warn("room_not_erased").with(LogKey.ERR, cause.getClass().getName()).write();
    getContext().stop(self());
  }
}
