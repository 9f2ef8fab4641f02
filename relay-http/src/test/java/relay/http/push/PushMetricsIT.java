package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;

/** What operators see of push, where it is on and where it is off (pyrycode 8.7). */
class PushMetricsIT {
  @RegisterExtension static final RelayServerExtension OFF = new RelayServerExtension();

  @RegisterExtension
  static final RelayServerExtension ON =
      new RelayServerExtension()
          .with("relay.push.credentials", ServiceAccount.json("https://localhost/token"));

  @Test
  void withoutCredentialsTheFamilyIsAbsent() throws IOException, InterruptedException {
    assertThat(OFF.ops("/metrics")).contains("pyrycode_relay_").doesNotContain("push_wakes");
  }

  @Test
  void withCredentialsItStandsAtZeroFromTheStart() throws IOException, InterruptedException {
    assertThat(ON.ops("/metrics"))
        .contains("pyrycode_relay_push_wakes_total{outcome=\"sent\"} 0.0");
  }
}
