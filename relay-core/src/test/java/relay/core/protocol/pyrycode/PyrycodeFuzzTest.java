package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import relay.core.protocol.Jackson;
import relay.core.protocol.Text;

class PyrycodeFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void anEnvelopeIsJsonAndSoIsItsFrame(byte[] text) {
    EnvelopeReader reader = new EnvelopeReader();
    ByteBuffer message = Text.of(text);
    EnvelopeReader.Result result = reader.read(message);
    if (result == EnvelopeReader.Result.MALFORMED) {
      return;
    }
    assertThat(Jackson.isJson(text)).isTrue();
    assertThat(reader.connIdIs(utf8(reader.connId()))).isTrue();
    assertThat(reader.connId().isEmpty())
        .isEqualTo(
            result == EnvelopeReader.Result.PUSH_WAKE
                || result == EnvelopeReader.Result.MISSING_CONN_ID);
    if (result == EnvelopeReader.Result.FRAME) {
      byte[] frame = Text.bytes(message, reader.frameStart(), reader.frameEnd());
      assertThat(Jackson.isJson(frame)).isTrue();
      assertThat(frame).isEqualTo(stripped(frame));
    }
    if (result == EnvelopeReader.Result.PUSH_WAKE) {
      byte[] wake = Text.bytes(message, reader.pushWakeStart(), reader.pushWakeEnd());
      assertThat(PushWake.parse(Text.of(wake))).isNotNull();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] stripped(byte[] text) {
    int start = 0;
    int end = text.length;
    while (start < end && text[start] <= ' ' && text[start] >= 0) {
      start++;
    }
    while (end > start && text[end - 1] <= ' ' && text[end - 1] >= 0) {
      end--;
    }
    return Arrays.copyOfRange(text, start, end);
  }
}
