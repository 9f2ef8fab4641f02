package relay.http.parity;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import relay.http.testing.Eventually;
import relay.http.testing.RelayServerExtension;

/**
 * The numbers of a running relay as they are scraped, under their names and labels. A count may be
 * scraped before what it counts is over, so tests wait for it.
 */
final class Numbers {
  static final String BINARIES = "pyrycode_relay_connected_binaries";
  static final String PHONES = "pyrycode_relay_connected_phones";
  static final String GRACE_EXPIRIES = "pyrycode_relay_grace_expiries_total";
  static final String OPEN = "relay_sockets_open{dialect=\"pyrycode\"}";
  static final String TO_BINARY = frames("phone_to_binary");
  static final String TO_PHONE = frames("binary_to_phone");

  private final RelayServerExtension relay;

  Numbers(RelayServerExtension relay) {
    this.relay = relay;
  }

  static String upgrades(String endpoint, String outcome) {
    return "pyrycode_relay_ws_upgrade_attempts_total{endpoint=\"%s\",outcome=\"%s\"}"
        .formatted(endpoint, outcome);
  }

  static String failures(String kind) {
    return "pyrycode_relay_register_failures_total{kind=\"" + kind + "\"}";
  }

  static String wakes(String outcome) {
    return "pyrycode_relay_push_wakes_total{outcome=\"" + outcome + "\"}";
  }

  private static String frames(String direction) {
    return "pyrycode_relay_frames_forwarded_total{direction=\"" + direction + "\"}";
  }

  /** Everything of this dialect and its sockets. */
  Map<String, Long> all() {
    return scrape()
        .lines()
        .filter(line -> line.startsWith("pyrycode_relay_") || line.startsWith("relay_sockets_open"))
        .map(line -> line.split(" (?=\\S+$)", 2))
        .collect(
            toMap(
                sample -> sample[0],
                sample -> (long) Double.parseDouble(sample[1]),
                (_, last) -> last,
                TreeMap::new));
  }

  /** What only ever grows. */
  Map<String, Long> counters() {
    Map<String, Long> counters = all();
    counters.keySet().removeIf(name -> !name.contains("_total"));
    return counters;
  }

  long of(String name) {
    return all().getOrDefault(name, 0L);
  }

  /** Waits until the gauge says so. */
  void await(String gauge, long expected) {
    Eventually.eventually(() -> assertThat(of(gauge)).as(gauge).isEqualTo(expected));
  }

  /** Waits until exactly these counters have moved, by so much, since the others were taken. */
  void awaitMoved(Map<String, Long> since, Map<String, Long> moves) {
    Eventually.eventually(() -> assertThat(movedSince(since)).isEqualTo(moves));
  }

  private Map<String, Long> movedSince(Map<String, Long> since) {
    Map<String, Long> moved = new TreeMap<>();
    counters()
        .forEach(
            (name, count) -> {
              long move = count - since.getOrDefault(name, 0L);
              if (move != 0) {
                moved.put(name, move);
              }
            });
    return moved;
  }

  String scrape() {
    return relay.ops("/metrics");
  }
}
