package relay.persistence.store;

import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** Which snapshots of an entity are meant; all bounds belong to it. */
record SnapshotRange(
    String persistenceId, long minSequence, long maxSequence, long minCreated, long maxCreated) {

  static SnapshotRange of(String persistenceId, SnapshotSelectionCriteria criteria) {
    return new SnapshotRange(
        persistenceId,
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        criteria.minTimestamp(),
        criteria.maxTimestamp());
  }

  /** A snapshot's sequence number names it; its time need not be known. */
  static SnapshotRange of(SnapshotMetadata snapshot) {
    return new SnapshotRange(
        snapshot.persistenceId(), snapshot.sequenceNr(), snapshot.sequenceNr(), 0, Long.MAX_VALUE);
  }
}
