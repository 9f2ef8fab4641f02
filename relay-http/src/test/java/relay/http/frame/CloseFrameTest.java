package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.Heard.textLine;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.frames;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may close with: section 7 of the Autobahn suite. */
class CloseFrameTest {

  @Test
  void everythingBehindItIsIgnored() {
    assertThat(Heard.from(frames().text("a").close(1000, "bye").text("b").ping("").close()))
        .containsExactly(textLine("a"), "close 1000 bye");
  }

  @Test
  void itsBytesAreConsumedAllTheSame() {
    FrameParser parser = new FrameParser(100);
    ByteBuffer in = ByteBuffer.wrap(frames().close().raw("ffffffff").bytes());
    parser.parse(in, new Heard());
    assertThat(in.hasRemaining()).isFalse();

    Heard later = new Heard();
    in.rewind();
    parser.parse(in, later);
    assertThat(in.hasRemaining()).isFalse();
    assertThat(later.lines()).isEmpty();
  }

  @Test
  void withoutPayloadItSaysNothing() {
    assertThat(Heard.from(frames().close())).containsExactly("close 1005 ");
  }

  @Test
  void aPayloadOfOneByteIsRefused() {
    assertThat(Heard.from(frames().frame(FIN | Opcode.CLOSE, new byte[] {3})))
        .containsExactly("violation 1002");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 500})
  void aReasonMayHave123Bytes(int chunk) {
    String reason = "ß".repeat(61) + ".";
    assertThat(Heard.from(frames().close(1000, reason).bytes(), chunk, 10))
        .containsExactly("close 1000 " + reason);
    assertThat(Heard.from(frames().close(1000, reason + ".").bytes(), chunk, 10))
        .containsExactly("violation 1002");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
        4401, 4999
      })
  void codesOfTheWireAreToldWithTheirReason(int code) {
    assertThat(Heard.from(frames().close(code, ""))).containsExactly("close " + code + " ");
    assertThat(Heard.from(frames().close(code, "why"))).containsExactly("close " + code + " why");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535})
  void otherCodesAreRefused(int code) {
    assertThat(Heard.from(frames().close(code, ""))).containsExactly("violation 1002");
    assertThat(Heard.from(frames().close(code, "why"))).containsExactly("violation 1002");
  }
}
