package relay.http.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** One counter for each value of an enum, all there from the start. */
final class Cells<E extends Enum<E>> {
  private final Map<E, LongAdder> cells;

  Cells(Class<E> values, Function<E, LongAdder> counter) {
    cells = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      cells.put(value, counter.apply(value));
    }
  }

  void increment(E value) {
    add(value, 1);
  }

  void add(E value, long amount) {
    LongAdder cell = cells.get(value);
    if (cell == null) {
      throw new IllegalStateException(value + " has no cell: expected one for every value");
    }
    cell.add(amount);
  }
}
