package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
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

  private final RelayServerExtension relay =
      new RelayServerExtension().with("relay.drain.deadline", "2s");

  @RegisterExtension final Peers peers = new Peers(relay);

  @BeforeEach
  void startRelay() throws IOException {
    relay.start();
  }

  @Test
  void runSigtermWithNoConns() throws Exception {
    int port = relay.port();
    end(relay.node().stop());
    assertThatThrownBy(() -> TestPeer.to(port, "/healthz").connect())
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void runSigtermClosesWsConnsWithGoingAway() throws Exception {
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
