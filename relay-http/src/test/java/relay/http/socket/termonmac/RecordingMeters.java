package relay.http.socket.termonmac;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.Role;

/** Counts under lower-case names. */
final class RecordingMeters implements TermonmacMeters {
  private final Map<String, Integer> counts = new TreeMap<>();

  @Override
  public void upgradeDecided(Outcome outcome) {
    count(outcome, 1);
  }

  @Override
  public void errorSaid(ErrorCode code) {
    count(code, 1);
  }

  @Override
  public void creditsExhausted(Exhaustion when) {
    count(when, 1);
  }

  @Override
  public void framesForwarded(Direction direction, int frames) {
    count(direction, frames);
  }

  @Override
  public void seated(Role role) {
    count(role, 1);
  }

  @Override
  public void unseated(Role role) {
    count(role, -1);
  }

  private void count(Enum<?> cell, int by) {
    counts.merge(cell.name().toLowerCase(Locale.ROOT), by, Integer::sum);
  }

  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }
}
