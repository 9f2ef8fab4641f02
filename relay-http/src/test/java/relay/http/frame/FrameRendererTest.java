package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRendererTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, 8100",
    "2, 125, 827d",
    "1, 126, 817e007e",
    "9, 5, 8905",
    "10, 0, 8a00",
    "1, 65535, 817effff",
    "1, 65536, 817f0000000000010000",
    "2, 2147483647, 827f000000007fffffff"
  })
  void headersAreFinalUnmaskedAndShort(int opcode, int length, String hex) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer out = ByteBuffer.allocate(FrameRenderer.headerBytes(length)).order(order);
      FrameRenderer.putHeader(out, opcode, length);
      assertThat(out.hasRemaining()).isFalse();
      assertThat(HexFormat.of().formatHex(out.array())).isEqualTo(hex);
    }
  }

  @Test
  void aCloseSaysItsCodeAndReason() {
    assertThat(FrameRenderer.close(1000, "")).containsExactly(0x88, 0x02, 0x03, 0xE8);
    assertThat(FrameRenderer.close(4404, "no")).containsExactly(0x88, 0x04, 0x11, 0x34, 'n', 'o');
    assertThat(FrameRenderer.close(1005, "unsaid")).containsExactly(0x88, 0);
  }

  @ParameterizedTest
  @CsvSource({"x, 200, 123", "ß, 100, 122", "€, 50, 123", "😀, 40, 120"})
  void aLongReasonIsCutBetweenCharacters(String character, int times, int kept) {
    byte[] frame = FrameRenderer.close(1011, character.repeat(times));
    assertThat((int) frame[1]).isEqualTo(2 + kept);
    String reason = new String(Arrays.copyOfRange(frame, 4, frame.length), UTF_8);
    assertThat(reason).isEqualTo(character.repeat(kept / character.getBytes(UTF_8).length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1006, 1015, 2999, 5000})
  void aCodeThatMayNotBeWrittenIsABug(int code) {
    assertThatIllegalArgumentException().isThrownBy(() -> FrameRenderer.close(code, ""));
  }
}
