package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.termonmac.Peer.Closing;
import relay.http.testing.termonmac.ServerMessage.ErrorMessage;

/** Peers that say nothing, to a relay that loses its patience soon (TermOnMac 4.9). */
class SilenceIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.termonmac.silence-timeout", "5s");

  private static RelayUnderTest relay() {
    return new RelayUnderTest(RELAY::port, RELAY::port, () -> RELAY.node().opsAddress().getPort());
  }

  /** 12.4, item 7: the peers' clocks stand, so that they do not beat. */
  @Test
  void silenceEndsASocketAndItsPeerIsBackAtOnce() {
    try (Couple couple = Couple.of(relay())) {
      assertThat(couple.mac().expect(ErrorMessage.class).code()).isEqualTo("HEARTBEAT_TIMEOUT");
      assertThat(couple.mac().expectClose()).isEqualTo(new Closing(4000, "heartbeat timeout"));
      couple.mac().awaitRegistered();
      assertThat(couple.mac().waits()).last().isEqualTo(Duration.ZERO);
      couple.phone().expectClose();
      couple.phone().comeBack();
      couple.awaitTogether();
      couple.talk("restored");
    }
  }
}
