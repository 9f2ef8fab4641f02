package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayCluster;
import relay.http.testing.termonmac.ServerMessage.PeerDisconnected;
import relay.persistence.EmbeddedPostgresExtension;

/** TermOnMac's clients and two nodes: every Mac is connected to one, every phone to the other. */
class TwoNodesIT implements AcceptanceContract, TrapsContract, AccountContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static RelayCluster cluster;
  private static RelayCluster.Member one;
  private static RelayCluster.Member two;

  @BeforeAll
  static void start() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with(RelayUnderTest.BONUS, RelayUnderTest.BONUS_CREDITS)
            .with(RelayUnderTest.FLUSH, RelayUnderTest.SOON)
            .with(RelayUnderTest.SILENCE, "10m")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "30s");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  public RelayUnderTest relay() {
    return new RelayUnderTest(one::port, two::port, one::opsPort);
  }

  @Test
  void aMacThatMovesToAnotherNodeMeetsItsPhoneAgain() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().moveTo(two::port);
      couple.mac().dialAside();
      assertThat(couple.mac().expectLingeringClose().code()).isEqualTo(4001);
      couple.mac().awaitTogether();
      couple.awaitTogether();
      couple.talk("moved");
      assertThat(couple.phone().unread(PeerDisconnected.class)).isZero();
    }
  }

  @Test
  void aMacWhoseNodeStopsIsBackAtOnceOnAnother() {
    RelayCluster.Member three = cluster.start();
    RelayUnderTest moving = new RelayUnderTest(three::port, two::port, one::opsPort);
    try (Couple couple = Couple.of(moving)) {
      couple.mac().moveTo(one::port);
      three.stop();
      assertThat(couple.mac().expectClose().code()).isEqualTo(1001);
      couple.mac().comeBack();
      assertThat(couple.mac().waits()).last().isEqualTo(Duration.ZERO);
      couple.awaitTogether();
      couple.talk("elsewhere");
    }
  }
}
