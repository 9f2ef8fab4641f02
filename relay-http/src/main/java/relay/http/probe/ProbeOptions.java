package relay.http.probe;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a probe goes about it.
 *
 * @param roundTrips how many sealed questions the phone asks the binary
 * @param patience the most any single wait may take
 * @param version what the binary calls its version
 * @param deviceName what the phone calls itself
 * @param tls who is trusted; the platform's certificate authorities if absent
 */
public record ProbeOptions(
    int roundTrips,
    Duration patience,
    String version,
    String deviceName,
    Optional<SSLContext> tls) {

  public ProbeOptions {
    if (roundTrips < 1) {
      throw new IllegalArgumentException(roundTrips + " round trips; at least one is needed");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience of " + patience + " must be positive");
    }
  }

  public static ProbeOptions standard() {
    return new ProbeOptions(20, Duration.ofSeconds(10), "0.1.0", "relay probe", Optional.empty());
  }

  public ProbeOptions withRoundTrips(int count) {
    return new ProbeOptions(count, patience, version, deviceName, tls);
  }

  public ProbeOptions withPatience(Duration atMost) {
    return new ProbeOptions(roundTrips, atMost, version, deviceName, tls);
  }

  public ProbeOptions withTls(SSLContext trusted) {
    return new ProbeOptions(roundTrips, patience, version, deviceName, Optional.of(trusted));
  }
}
