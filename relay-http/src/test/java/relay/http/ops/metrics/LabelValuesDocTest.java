package relay.http.ops.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.http.push.PushOutcome;
import relay.http.signin.SigninMeters;
import relay.http.socket.pyrycode.PyrycodeMeters;
import relay.http.socket.termonmac.TermonmacMeters;
import relay.http.store.StoreMeters;
import relay.http.transport.ListenerMeters;
import relay.http.transport.SocketMeters;

/** Holds {@code docs/operations.md} to the values that labels have. */
class LabelValuesDocTest {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Pattern VALUE =
      Pattern.compile("(?m)^\\| `((?:pyrycode_)?relay_[a-z_]+)` \\| `([a-z0-9_]+)` \\|");
  private static final Map<Metric, List<String>> IN_ROWS_OF_THEIR_OWN =
      Map.of(
          Metric.UPGRADE_ATTEMPTS, labels(PyrycodeMeters.Outcome.values()),
          Metric.PUSH_WAKES, labels(PushOutcome.values()),
          Metric.CONNECTIONS_REFUSED, labels(ListenerMeters.Reason.values()),
          Metric.FRAMES_DROPPED, labels(SocketMeters.Drop.values()),
          Metric.ROOM_REFUSALS, labels(Refusal.values()),
          Metric.SOCKETS_CLOSED, labels(CloseCause.values()));

  @Test
  void eachValueHasItsRowAndNoOtherHasOne() throws IOException {
    Map<String, List<String>> documented =
        VALUE
            .matcher(Files.readString(DOCUMENT))
            .results()
            .collect(groupingBy(row -> row.group(1), mapping(row -> row.group(2), toList())));

    assertThat(documented.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IN_ROWS_OF_THEIR_OWN.keySet().stream().map(Metric::family).toList());
    IN_ROWS_OF_THEIR_OWN.forEach(
        (metric, values) ->
            assertThat(documented.get(metric.family()))
                .as(metric.family())
                .containsExactlyInAnyOrderElementsOf(values));
  }

  static Stream<Object[]> inTheRowOfTheFamily() {
    return Stream.of(
        new Object[] {Metric.FRAMES_FORWARDED, labels(PyrycodeMeters.Direction.values())},
        new Object[] {Metric.REGISTER_FAILURES, labels(PyrycodeMeters.RegisterFailure.values())},
        new Object[] {Metric.TERMONMAC_UPGRADES, labels(TermonmacMeters.Outcome.values())},
        new Object[] {Metric.TERMONMAC_FRAMES, labels(TermonmacMeters.Direction.values())},
        new Object[] {Metric.TERMONMAC_QUOTA_EXCEEDED, labels(TermonmacMeters.Exhaustion.values())},
        new Object[] {Metric.SIGNINS_FAILED, labels(SigninMeters.Failure.values())},
        new Object[] {Metric.STORE_TOLD, labels(StoreMeters.Outcome.values())});
  }

  @ParameterizedTest
  @MethodSource("inTheRowOfTheFamily")
  void aFamilyOfFewValuesNamesThemAll(Metric metric, List<String> values) throws IOException {
    String start = "| `" + metric.family() + "` |";
    String row =
        Files.readAllLines(DOCUMENT).stream()
            .filter(it -> it.startsWith(start))
            .findFirst()
            .orElseThrow();

    assertThat(values).allSatisfy(value -> assertThat(row).contains("`" + value + "`"));
  }

  private static List<String> labels(Enum<?>[] values) {
    return Arrays.stream(values).map(Metrics::label).toList();
  }
}
