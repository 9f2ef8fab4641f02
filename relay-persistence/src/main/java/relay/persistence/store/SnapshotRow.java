package relay.persistence.store;

/**
 * One snapshot of one entity.
 *
 * @param created when, in milliseconds since 1970
 */
record SnapshotRow(String persistenceId, long sequence, long created, Payload payload) {}
