package relay.http.app;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import relay.http.probe.ProbeOptions;
import relay.http.probe.ProbeReport;
import relay.http.probe.RelayProbe;

/** Lets a running relay carry a conversation of the probe's own; for people and for monitors. */
@Command(
    name = "probe",
    description = {
      "Open a binary and a phone of its own against a running relay, do the Noise_IK handshake end"
          + " to end, and report every step and the round-trip times.",
      "Exit code 0 if every step passed, 1 if one failed."
    })
final class ProbeCommand implements Callable<Integer> {
  @Option(
      names = "--url",
      required = true,
      description = "where the relay listens, such as ws://127.0.0.1:8080")
  private URI url = URI.create("ws://127.0.0.1:8080");

  @Option(
      names = "--round-trips",
      description = "how many encrypted messages to send, ${DEFAULT-VALUE} by default")
  private int roundTrips = 20;

  @Option(names = "--timeout", description = "seconds a step may take, ${DEFAULT-VALUE} by default")
  private int timeoutSeconds = 10;

  @Override
  public Integer call() {
    ProbeReport report;
    try {
      report =
          RelayProbe.run(
              url,
              ProbeOptions.standard()
                  .withRoundTrips(roundTrips)
                  .withPatience(Duration.ofSeconds(timeoutSeconds)));
    } catch (IllegalArgumentException wrong) {
      Console.error("relay: " + wrong.getMessage());
      return ExitCode.REFUSED;
    }
    report.lines().forEach(Console::print);
    return report.passed() ? ExitCode.OK : ExitCode.FAILED;
  }
}
