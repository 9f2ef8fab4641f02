package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relay.core.room.CloseCause;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;

/** How long a peer may say nothing (TermOnMac 4.9), on both sides of a room. */
class SilenceTest {
  private static final Duration PATIENCE = Stage.SETTINGS.silenceTimeout();
  private static final Duration ALMOST = PATIENCE.minusMillis(1);
  private static final int BEATS = 40;

  private final Stage stage = new Stage();

  static Stream<Named<Function<Stage, FakeSocket>>> paired() {
    return Stream.of(Named.of("a Mac", Stage::pairedMac), Named.of("a phone", Stage::pairedPhone));
  }

  @ParameterizedTest
  @MethodSource("paired")
  void whoeverBeatsIsLeftAloneAndEachBeatIsAnswered(Function<Stage, FakeSocket> paired) {
    FakeSocket peer = paired.apply(stage);
    beat(peer);
    assertThat(peer.closes()).isEmpty();
    assertThat(peer.queued()).filteredOn(it -> it.contains("heartbeat_ack")).hasSize(BEATS);
    assertThat(stage.rooms.next()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("paired")
  void whoeverBeatsNoMoreIsClosed(Function<Stage, FakeSocket> paired) {
    FakeSocket peer = paired.apply(stage);
    beat(peer);
    peer.advance(Duration.ofMillis(1));
    assertThat(peer.queued())
        .endsWith(Stage.error("HEARTBEAT_TIMEOUT", "No heartbeat received"), "close 4000");
    assertThat(peer.closes())
        .containsExactly(new Close(4000, "heartbeat timeout", CloseCause.HEARTBEAT_TIMEOUT, false));
  }

  private static void beat(FakeSocket peer) {
    for (int i = 0; i < BEATS; i++) {
      peer.message(Stage.HEARTBEAT);
      peer.advance(ALMOST);
      peer.turn();
    }
  }
}
