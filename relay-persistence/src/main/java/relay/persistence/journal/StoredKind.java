package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One family of events, or one kind of snapshot: what it is called and how it is written and read.
 *
 * @param manifests everything {@code read} can read
 */
record StoredKind<T>(
    Class<T> type,
    Set<String> manifests,
    Function<T, String> manifest,
    Function<T, ObjectNode> write,
    BiFunction<String, Fields, T> read) {

  static <T> StoredKind<T> snapshot(
      Class<T> type, String manifest, Function<T, ObjectNode> write, Function<Fields, T> read) {
    return new StoredKind<>(
        type, Set.of(manifest), _ -> manifest, write, (_, fields) -> read.apply(fields));
  }

  boolean holds(Object stored) {
    return type.isInstance(stored);
  }

  String manifestOf(Object stored) {
    return manifest.apply(type.cast(stored));
  }

  ObjectNode written(Object stored) {
    return write.apply(type.cast(stored));
  }
}
