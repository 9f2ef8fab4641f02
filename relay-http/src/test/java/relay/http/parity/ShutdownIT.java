package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/**
 * {@code shutdown_test.go}, and of {@code main_e2e_test.go} what a signal does: sockets are told to
 * go away, and the node ends whether they do or not.
 */
class ShutdownIT {
  private static final List<String> LAST_WORDS =
      List.of("server_released", "phone_unregistered", "shutdown complete");

  /** Where no other relay listens, which might take a port that has just become free. */
  private static final String ALONE = "127.0.0.2";

  private final RelayServerExtension relay = new RelayServerExtension();

  @RegisterExtension final Peers peers = new Peers(relay);

  @Test
  void runSigtermWithNoConns() throws Exception {
    relay.with("relay.http.host", ALONE).start();
    int port = relay.port();
    new Socket(ALONE, port).close();
    end(relay.node().stop());
    assertThatThrownBy(() -> new Socket(ALONE, port).close()).isInstanceOf(ConnectException.class);
  }

  @Test
  void runSigtermClosesWsConnsWithGoingAway() throws Exception {
    relay.start();
    TestPeer binary = peers.binary("told");
    Phone phone = peers.phone("told");
    CompletionStage<Done> stopped = relay.node().stop();
    CompletionStage<Done> stoppedTwice = relay.node().stop();
    for (TestPeer peer : new TestPeer[] {binary, phone.peer()}) {
      peer.expectClose(1001, "shutting down").expectEnd();
    }
    end(stopped);
    end(stoppedTwice);
    assertThat(peers.log().all())
        .as("the drain waits for all that is said of its sockets")
        .extracting(LogLines.Line::event)
        .filteredOn(LAST_WORDS::contains)
        .endsWith("shutdown complete")
        .containsExactlyInAnyOrderElementsOf(LAST_WORDS);
  }

  @Test
  void shutdownDeadlineExpiryEndsWithoutThePeers() throws Exception {
    relay.with("relay.drain.deadline", "2s").start();
    TestPeer binary = peers.binary("stubborn").ignoreClose();
    Phone phone = peers.stalledPhone("stubborn");
    end(relay.node().stop());
    binary.expectClose(1001, "shutting down").expectEnd();
    phone.peer().readAgain().expectClose(1001, "shutting down");
  }

  private void end(CompletionStage<Done> stopped) throws Exception {
    stopped.toCompletableFuture().get(60, TimeUnit.SECONDS);
    relay.node().ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
