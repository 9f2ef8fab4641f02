package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Any bytes at all: the same verdict as the platform's decoder, whole or in two pieces. */
class Utf8CheckFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void anyBytesAreJudgedAsThePlatformJudgesThem(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input);
    int whole = Utf8Check.advance(Utf8Check.COMPLETE, bytes, 0, input.length);
    assertThat(whole == Utf8Check.COMPLETE).isEqualTo(isDecodable(input));
    for (int cut = 0; cut <= Math.min(input.length, 100); cut++) {
      int head = Utf8Check.advance(Utf8Check.COMPLETE, bytes, 0, cut);
      assertThat(Utf8Check.advance(head, bytes, cut, input.length)).isEqualTo(whole);
    }
  }

  private static boolean isDecodable(byte[] input) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(input));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
