package relay.http.push;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what was counted. */
final class CountedWakes implements PushMeters {
  private final Map<PushOutcome, Integer> counts = new ConcurrentHashMap<>();

  @Override
  public void count(PushOutcome outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }

  Map<PushOutcome, Integer> counts() {
    return Map.copyOf(counts);
  }
}
