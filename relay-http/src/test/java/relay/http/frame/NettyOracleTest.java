package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.KEY;
import static relay.http.testing.ClientFrames.frames;

import java.util.List;
import org.junit.jupiter.api.Test;
import relay.http.testing.ClientFrames;

/** Where the oracle may judge otherwise than we do, and where it may not. */
class NettyOracleTest {
  private static final int MAX = 2000;

  @Test
  void aFragmentTooManyThatNeverBecomesWholeIsOnlyOurAffair() {
    byte[] input = tooLong().raw(new byte[100]).bytes();
    assertThat(NettyOracle.version13(input, MAX)).isEmpty();
    assertAgreed("violation 1009", input);
  }

  @Test
  void aFragmentTooManyMayBeCalledBadTextOnceItIsWhole() {
    byte[] input = tooLong().raw("ff".repeat(600)).bytes();
    assertThat(NettyOracle.version13(input, MAX)).containsExactly("violation 1007");
    assertAgreed("violation 1009", input);
  }

  @Test
  void aFragmentTooManyOfGoodTextIsTooManyForBoth() {
    byte[] input = frames().firstOfText("x".repeat(1500)).last("x".repeat(600)).bytes();
    assertThat(NettyOracle.version13(input, MAX)).containsExactly("violation 1009");
    assertAgreed("violation 1009", input);
  }

  @Test
  void whatTheOracleHearsIsNotTooBig() {
    byte[] whole = frames().text("a").bytes();
    byte[] closed = frames().close().bytes();
    byte[] wrong = frames().next("a").bytes();
    for (byte[] input : List.of(whole, closed, wrong)) {
      assertThatThrownBy(() -> NettyOracle.assertAgrees(List.of("violation 1009"), input, MAX))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void badTextIsNotTakenForNothing() {
    byte[] input = frames().text(new byte[] {(byte) 0xFF}).bytes();
    assertThatThrownBy(() -> NettyOracle.assertAgrees(List.of(), input, MAX))
        .isInstanceOf(AssertionError.class);
  }

  /** The header of a second fragment with which the message would have 2100 bytes. */
  private static ClientFrames tooLong() {
    return frames().firstOfText("x".repeat(1500)).header(FIN | Opcode.CONTINUATION, 600, KEY);
  }

  private static void assertAgreed(String line, byte[] input) {
    List<String> heard = Heard.from(input, input.length, MAX);
    assertThat(heard).containsExactly(line);
    NettyOracle.assertAgrees(heard, input, MAX);
  }
}
