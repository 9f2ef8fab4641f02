package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import relay.core.protocol.Text;

class EnvelopeCodecTest {

  @Test
  void roundTripBytewiseOpacity() {
    String frame =
        "{ \"type\":\"hello\",\n\"nested\":{\"a\":[1,2.50,3],\"b\":null,\"c\":\"x<é>&\u2028\"}}";
    ByteBuffer message = Text.of(Envelopes.around("c-abc123", frame));
    EnvelopeReader reader = new EnvelopeReader();
    assertThat(reader.read(message)).isEqualTo(EnvelopeReader.Result.FRAME);
    assertThat(reader.connId()).isEqualTo("c-abc123");
    assertThat(Text.string(message, reader.frameStart(), reader.frameEnd())).isEqualTo(frame);
  }

  @Test
  void anEmptyConnIdIsNotWrapped() {
    assertThatIllegalArgumentException().isThrownBy(() -> EnvelopeCodec.head(""));
    assertThatIllegalArgumentException().isThrownBy(() -> EnvelopeCodec.closeNotice("", 1001));
  }

  @Test
  void aServerIdCannotBreakOutOfItsString() {
    assertThat(new String(EnvelopeCodec.head("a\",\"b\\\n"), StandardCharsets.UTF_8))
        .isEqualTo("{\"conn_id\":\"a\\\",\\\"b\\\\\\u000a\",\"frame\":");
  }

  @Test
  void framesFullOfAngleBracketsDoNotGrow() {
    String frame = "\"" + "<".repeat(1000) + "\"";
    assertThat(Envelopes.around("c", frame))
        .hasSize(1002 + "{\"conn_id\":\"c\",\"frame\":}".length());
  }

  @Test
  void aCloseNoticeHasNoFrame() {
    EnvelopeReader reader = new EnvelopeReader();
    assertThat(reader.read(Text.of(EnvelopeCodec.closeNotice("c-1", 4401))))
        .isEqualTo(EnvelopeReader.Result.CLOSE);
    assertThat(reader.closeCode()).isEqualTo(4401);
  }

  @Test
  void nobodyCanChangeTheTail() {
    EnvelopeCodec.tail()[0] = 'x';
    assertThat(EnvelopeCodec.tail()).containsExactly('}');
  }
}
