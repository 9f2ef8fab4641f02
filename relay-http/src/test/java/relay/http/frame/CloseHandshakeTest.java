package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.CloseHandshake.Step.DISCONNECT;
import static relay.http.frame.CloseHandshake.Step.NOTHING;
import static relay.http.frame.CloseHandshake.Step.SEND_FRAME;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.frame.CloseHandshake.Side;
import relay.http.frame.CloseHandshake.Step;

class CloseHandshakeTest {
  private CloseHandshake handshake = new CloseHandshake();

  @BeforeEach
  void anOpenConnection() {
    handshake = new CloseHandshake();
  }

  /**
   * One row a life: c the relay closes 1000, d it closes 4404, r the peer closes 1001, v the peer
   * breaks the protocol, s the frame is sent. The steps are Frame, Disconnect, or - for nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "c,    F,     RELAY,  1000, false",
    "cs,   F-,    RELAY,  1000, false",
    "csr,  F-D,   RELAY,  1000, true",
    "crs,  F-D,   RELAY,  1000, true",
    "r,    F,     PEER,   1001, false",
    "rs,   FD,    PEER,   1001, true",
    "rcs,  F-D,   PEER,   1001, true",
    "cds,  F--,   RELAY,  1000, false",
    "dcsr, F--D,  RELAY,  4404, true",
    "v,    F,     RELAY,  1002, false",
    "vs,   FD,    RELAY,  1002, true",
    "vcs,  F-D,   RELAY,  1002, true",
    "cvs,  F-D,   RELAY,  1000, true",
    "csv,  F-D,   RELAY,  1000, true",
    "csd,  F--,   RELAY,  1000, false"
  })
  void theFirstCloseWinsAndBothFramesEndIt(
      String events, String steps, Side first, int code, boolean isFinished) {
    for (int i = 0; i < events.length(); i++) {
      Step expected = Map.of('F', SEND_FRAME, 'D', DISCONNECT, '-', NOTHING).get(steps.charAt(i));
      assertThat(happens(events.charAt(i))).as("step %s of %s", i + 1, events).isEqualTo(expected);
    }
    assertThat(handshake.first()).isEqualTo(first);
    assertThat(handshake.code()).isEqualTo(code);
    assertThat(handshake.isOpen()).isFalse();
    assertThat(handshake.isFinished()).isEqualTo(isFinished);
  }

  private Step happens(char event) {
    return switch (event) {
      case 'c' -> handshake.close(1000, "bye");
      case 'd' -> handshake.close(4404, "gone");
      case 'r' -> handshake.received(1001, "away");
      case 'v' -> handshake.violated(1002, "bad");
      case 's' -> handshake.sent();
      default -> throw new IllegalArgumentException("no event " + event);
    };
  }

  @Test
  void nobodyHasClosedAtFirst() {
    assertThat(handshake.isOpen()).isTrue();
    assertThat(handshake.isFinished()).isFalse();
    assertThat(handshake.first()).isEqualTo(Side.NOBODY);
    assertThat(handshake.code()).isZero();
    assertThat(handshake.reason()).isEmpty();
  }

  @Test
  void thePeersCloseIsEchoedWithCodeAndReason() {
    handshake.received(4999, "dass ß bleibt");
    assertThat(handshake.frame()).isEqualTo(FrameRenderer.close(4999, "dass ß bleibt"));
    assertThat(handshake.reason()).isEqualTo("dass ß bleibt");
  }

  @Test
  void aCloseWithoutCodeIsEchoedWithoutCode() {
    handshake.received(1005, "");
    assertThat(handshake.frame()).containsExactly(0x88, 0);
    assertThat(handshake.code()).isEqualTo(1005);
  }

  @Test
  void theAnswersCodeChangesNothing() {
    handshake.close(4404, "no server with that id");
    handshake.received(1000, "fine");
    assertThat(handshake.code()).isEqualTo(4404);
    assertThat(handshake.frame()).isEqualTo(FrameRenderer.close(4404, "no server with that id"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1004, 1006, 1015, 2000, 5000, 65535})
  void aCodeThatNoFrameCanSayDisconnects(int code) {
    assertThat(handshake.close(code, "")).isEqualTo(DISCONNECT);
    assertThat(handshake.isOpen()).isFalse();
    assertThat(handshake.code()).isEqualTo(code);
  }
}
