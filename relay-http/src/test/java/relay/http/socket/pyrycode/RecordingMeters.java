package relay.http.socket.pyrycode;

import java.util.Map;
import java.util.TreeMap;

/** Counts under "endpoint outcome", "kind" and "direction". */
final class RecordingMeters implements PyrycodeMeters {
  private final Map<String, Integer> counts = new TreeMap<>();

  @Override
  public void upgradeDecided(Endpoint endpoint, Outcome outcome) {
    count(endpoint.label() + " " + outcome.label(), 1);
  }

  @Override
  public void registerFailed(RegisterFailure kind) {
    count(kind.label(), 1);
  }

  @Override
  public void framesForwarded(Direction direction, int frames) {
    count(direction.label(), frames);
  }

  private void count(String cell, int by) {
    counts.merge(cell, by, Integer::sum);
  }

  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }
}
