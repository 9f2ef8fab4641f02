package relay.persistence.store;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.Serialization;

/**
 * One event of one entity.
 *
 * @param writer the incarnation of the entity that wrote it
 * @param written when, in milliseconds since 1970
 * @param adapter manifest of an event adapter, "" where there is none
 */
record EventRow(
    String persistenceId,
    long sequence,
    String writer,
    long written,
    String adapter,
    Payload payload) {

  /**
   * @throws RuntimeException if it cannot be stored
   */
  static EventRow of(PersistentRepr event, long now, Serialization serialization) {
    if (event.metadata().isDefined()) {
      throw new UnsupportedOperationException("an event with metadata: expected one without");
    }
    return new EventRow(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        now,
        event.manifest(),
        Payload.of(event.payload(), serialization));
  }

  PersistentRepr read(Serialization serialization) {
    return PersistentRepr.apply(
            payload.read(serialization),
            sequence,
            persistenceId,
            adapter,
            false,
            ActorRef.noSender(),
            writer)
        .withTimestamp(written);
  }
}
