package relay.http.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** A binary and a phone shake hands and talk end to end through a whole relay. */
class RelayProbeIT {
  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();

  @Test
  void theRelayPassesItsOwnProbe() {
    ProbeReport report =
        RelayProbe.run(URI.create("ws://127.0.0.1:" + RELAY.port()), ProbeOptions.standard());
    assertThat(report.lines()).as(String.join("\n", report.lines())).last().isEqualTo("passed");
    assertThat(report.roundTrips()).isPresent();
  }

  @Test
  void bytesOfAnySplitMakeTheSameFrames() {
    String serverId = "split";
    try (TestPeer binary = TestPeer.binary(RELAY.port(), serverId);
        TestPeer phone = TestPeer.phone(RELAY.port(), serverId)) {
      phone.sendFragments("{\"a\":", "\"κόσ", "με\"", "}").ping("between").expectPong("between");
      assertThat(binary.expectText()).contains("\"frame\":{\"a\":\"κόσμε\"}");
      phone.sendBytes(new byte[] {(byte) 0xC1, (byte) 0x80});
      phone.expectClose(1002, "reserved bits set").expectEnd();
    }
  }
}
