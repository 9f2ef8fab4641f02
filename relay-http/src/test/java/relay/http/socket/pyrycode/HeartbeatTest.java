package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.FakeSocket;

/** Pings on both kinds of socket (pyrycode 5). */
class HeartbeatTest {
  private final Stage stage = new Stage();

  @Test
  void healthyPeerKeepsConnOpen() {
    for (FakeSocket socket : List.of(stage.binary(), stage.phone(1))) {
      socket.advanceAnswering(Duration.ofMinutes(10));

      assertThat(socket.pings()).hasSize(20).startsWith("1", "2", "3");
      assertThat(socket.closes()).isEmpty();
    }
  }

  @Test
  void unresponsivePeerTriggersClose() {
    for (FakeSocket socket : List.of(stage.binary(), stage.phone(1))) {
      socket.advance(Duration.ofSeconds(60));

      assertThat(socket.pings()).hasSize(1);
      assertThat(socket.closes())
          .containsExactly(
              new FakeSocket.Close(1011, "heartbeat timeout", CloseCause.HEARTBEAT_TIMEOUT, true));
    }
    assertThat(stage.connected.binaries()).isZero();
    assertThat(stage.connected.phones()).isZero();
  }

  /** Its pong lies behind messages that wait, such as for a slow binary. */
  @Test
  void aPeerThatIsNotReadIsNotTakenForDead() {
    for (FakeSocket socket : List.of(stage.binary(), stage.phone(1))) {
      socket.unheard(true);
      socket.advance(Duration.ofMinutes(5));
      assertThat(socket.closes()).isEmpty();
      assertThat(socket.pings()).hasSize(1);

      socket.unheard(false);
      socket.pong("1");
      socket.advanceAnswering(Duration.ofMinutes(2));
      assertThat(socket.closes()).isEmpty();
    }
  }

  @Test
  void aPeerThatIsReadAgainAndStaysSilentIsGivenUpWithinTheTimeout() {
    FakeSocket phone = stage.phone(1);
    phone.unheard(true);
    phone.advance(Duration.ofMinutes(5));
    phone.unheard(false);
    phone.advance(Duration.ofSeconds(30));
    assertThat(phone.closes()).extracting(FakeSocket.Close::code).containsExactly(1011);
  }

  @Test
  void trafficDoesNotReplaceAPong() {
    FakeSocket phone = stage.phone(1);

    for (int second = 0; second < 60; second++) {
      phone.message("{}");
      phone.advance(Duration.ofSeconds(1));
    }

    assertThat(phone.closes()).hasSize(1);
  }

  @Test
  void contextCancelledExitsCleanly() {
    FakeSocket phone = stage.phone(1);
    phone.advance(Duration.ofSeconds(30));
    assertThat(phone.pings()).hasSize(1);

    phone.tell(new RoomNotice.Close(1, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED));
    phone.advance(Duration.ofMinutes(2));

    assertThat(phone.closes()).hasSize(1);
    assertThat(phone.pings()).hasSize(1);
  }

  @Test
  void aPongAnswersEveryEarlierPing() {
    FakeSocket binary = stage.binary();
    binary.advance(Duration.ofSeconds(30));
    binary.tell(new RoomNotice.Probe(900, 5));
    assertThat(binary.pings()).containsExactly("1", "2");

    binary.pong("2");
    binary.advance(Duration.ofSeconds(29));

    assertThat(binary.closes()).isEmpty();
  }
}
