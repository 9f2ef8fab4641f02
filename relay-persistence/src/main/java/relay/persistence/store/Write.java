package relay.persistence.store;

import java.util.List;

/** What is changed at once or not at all. Those that share a transaction do not meet each other. */
sealed interface Write {
  record Events(List<EventRow> rows) implements Write {}

  /**
   * An entity's events up to this one; its last event stays, hidden, since the count of an entity's
   * events never repeats.
   */
  record EventDeletion(String persistenceId, long upTo) implements Write {}

  /** Replaces a snapshot of the same sequence number. */
  record Snapshot(SnapshotRow row) implements Write {}

  record SnapshotDeletion(SnapshotRange range) implements Write {}
}
