package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any bytes at all: no exception, one verdict however they are cut, and it is Netty's. */
class FrameParserFuzzTest {
  private static final int MAX = 70_000;

  @FuzzTest(maxDuration = "2m")
  void anyBytesHaveOneMeaning(byte[] input) {
    List<String> heard = Heard.from(input, Math.max(1, input.length), MAX);
    assertThat(Heard.from(input, 1, MAX)).isEqualTo(heard);
    assertThat(Heard.from(input, 7, MAX)).isEqualTo(heard);
    NettyOracle.assertAgrees(heard, input, MAX);
  }
}
