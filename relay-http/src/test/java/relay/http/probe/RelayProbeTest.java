package relay.http.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe tells a relay that works from the ways one may not, tried against a scripted relay. */
class RelayProbeTest {
  private static final ProbeOptions OPTIONS =
      ProbeOptions.standard().withRoundTrips(3).withPatience(Duration.ofSeconds(20));

  @Test
  void aRelayThatWorksPassesEveryStep() {
    try (ScriptedRelay relay = new ScriptedRelay(ScriptedRelay.Fault.NONE)) {
      ProbeReport report = RelayProbe.run(relay.url(), OPTIONS);
      assertThat(report.lines()).last().isEqualTo("passed");
      assertThat(report.steps()).hasSize(7);
      assertThat(report.roundTrips()).get().extracting(ProbeReport.RoundTrips::count).isEqualTo(3);
    }
  }

  static Stream<ScriptedRelay.Fault> noticedAtOnce() {
    return Stream.of(ScriptedRelay.Fault.values())
        .filter(fault -> fault != ScriptedRelay.Fault.NONE && !fault.isSilence());
  }

  @ParameterizedTest
  @MethodSource("noticedAtOnce")
  void everyFaultIsToldAtItsStep(ScriptedRelay.Fault fault) {
    try (ScriptedRelay relay = new ScriptedRelay(fault)) {
      ProbeReport report = RelayProbe.run(relay.url(), OPTIONS.withPatience(fault.patience));
      assertThat(report.passed()).isFalse();
      assertThat(report.lines()).last().isEqualTo("failed");
      assertThat(report.steps()).last().extracting(ProbeReport.Step::name).isEqualTo(fault.step);
      assertThat(report.steps().getLast().failure().orElseThrow()).contains(fault.told);
    }
  }

  /** All at once, since each takes the whole patience. */
  @Test
  void silenceIsToldAtItsStep() throws Exception {
    try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> told = new ArrayList<>();
      for (ScriptedRelay.Fault fault : ScriptedRelay.Fault.values()) {
        if (fault.isSilence()) {
          told.add(runs.submit(() -> everyFaultIsToldAtItsStep(fault)));
        }
      }
      assertThat(told).hasSize(3);
      for (Future<?> each : told) {
        each.get();
      }
    }
  }

  @Test
  void aSecondPhoneIsTriedWhileTheBinarysClaimIsOnItsWay() {
    try (ScriptedRelay relay = new ScriptedRelay(ScriptedRelay.Fault.NONE)) {
      relay.refusePhones(2);
      assertThat(RelayProbe.run(relay.url(), OPTIONS).passed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://relay.example", "relay.example", "/v1/server"})
  void anAddressThatIsNoWebSocketIsRefused(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> RelayProbe.run(URI.create(url), OPTIONS));
  }

  @Test
  void theReportIsReadable() {
    ProbeReport report =
        new ProbeReport(
            URI.create("wss://relay.example/"),
            List.of(
                new ProbeReport.Step("binary connects", Duration.ofMillis(12), Optional.empty()),
                new ProbeReport.Step(
                    "phone connects", Duration.ofMillis(3), Optional.of("refused with HTTP 429"))),
            Optional.of(
                ProbeReport.RoundTrips.of(
                    List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2)))));
    assertThat(report.lines())
        .containsExactly(
            "probing wss://relay.example/",
            "ok    binary connects                      12.00 ms",
            "FAIL  phone connects                        3.00 ms  refused with HTTP 429",
            "3 round trips: min 1.00 ms, median 2.00 ms, max 3.00 ms",
            "failed");
  }
}
