package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.Heard.binaryLine;
import static relay.http.frame.Heard.textLine;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.frames;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in several frames: section 5 of the Autobahn suite. */
class FragmentationTest {

  @Test
  void controlFramesAreNeverFragmented() {
    for (int opcode : new int[] {Opcode.PING, Opcode.PONG, Opcode.CLOSE}) {
      assertThat(Heard.from(frames().frame(opcode, new byte[] {1}).last("2")))
          .containsExactly("violation 1002");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void fragmentsAreJoined(int chunk) {
    assertThat(Heard.from(frames().firstOfText("frag").last("ment").bytes(), chunk, 100))
        .containsExactly(textLine("fragment"));
    byte[] half = {1, (byte) 0xFF};
    assertThat(Heard.from(frames().frame(Opcode.BINARY, half).last(half).bytes(), chunk, 100))
        .containsExactly(binaryLine(new byte[] {1, (byte) 0xFF, 1, (byte) 0xFF}));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void controlFramesMayComeBetween(int chunk) {
    byte[] input =
        frames()
            .firstOfText("a")
            .ping("x")
            .next("b")
            .pong("y")
            .ping("")
            .last("c")
            .text("d")
            .bytes();
    assertThat(Heard.from(input, chunk, 100))
        .containsExactly("ping 78", "pong 79", "ping ", textLine("abc"), textLine("d"));
  }

  @Test
  void aCloseMayComeBetweenAndEndsIt() {
    assertThat(Heard.from(frames().firstOfText("a").close(1000, "").last("b")))
        .containsExactly("close 1000 ");
  }

  @Test
  void everyFragmentMayBeEmpty() {
    assertThat(Heard.from(frames().firstOfText("").next("").last("").text("x")))
        .containsExactly(textLine(""), textLine("x"));
    assertThat(Heard.from(frames().firstOfText("").next("middle").last("")))
        .containsExactly(textLine("middle"));
    assertThat(Heard.from(frames().firstOfText("").last("end"))).containsExactly(textLine("end"));
  }

  @Test
  void aContinuationOfNothingIsRefused() {
    assertThat(Heard.from(frames().last("x").text("y"))).containsExactly("violation 1002");
    assertThat(Heard.from(frames().next("x").text("y"))).containsExactly("violation 1002");
    assertThat(Heard.from(frames().firstOfText("a").last("b").next("c")))
        .containsExactly(textLine("ab"), "violation 1002");
    assertThat(Heard.from(frames().text("a").last("b")))
        .containsExactly(textLine("a"), "violation 1002");
  }

  @Test
  void aMessageInsideAMessageIsRefused() {
    assertThat(Heard.from(frames().firstOfText("a").firstOfText("b")))
        .containsExactly("violation 1002");
    assertThat(Heard.from(frames().firstOfText("a").text("b").last("c")))
        .containsExactly("violation 1002");
    assertThat(Heard.from(frames().firstOfText("").frame(FIN | Opcode.BINARY, new byte[1])))
        .containsExactly("violation 1002");
  }

  @Test
  void itIsMidMessageFromTheFirstHeaderToTheLastByte() {
    FrameParser parser = new FrameParser(100);
    byte[] input = frames().ping("x").firstOfText("ab").last("").bytes();
    StringBuilder seen = new StringBuilder();
    for (byte one : input) {
      parser.parse(ByteBuffer.wrap(new byte[] {one}), new Heard());
      seen.append(parser.midMessage() ? '+' : '-');
    }
    assertThat(seen).hasToString("-------" + "-----+++" + "+++++-");
  }

  @Test
  void aViolationEndsTheMessage() {
    FrameParser parser = new FrameParser(100);
    parser.parse(ByteBuffer.wrap(frames().firstOfText("a").text("b").bytes()), new Heard());
    assertThat(parser.midMessage()).isFalse();
  }

  @Test
  void aSinkThatWantsNoMoreStopsBehindTheMessage() {
    FrameParser parser = new FrameParser(100);
    Heard heard = new Heard();
    heard.wantsMore = false;
    int one = frames().text("one").bytes().length;
    ByteBuffer in =
        ByteBuffer.wrap(frames().text("one").firstOfText("t").last("wo").ping("x").bytes());

    parser.parse(in, heard);
    assertThat(heard.lines()).containsExactly(textLine("one"));
    assertThat(in.position()).isEqualTo(one);

    parser.parse(in, heard);
    assertThat(heard.lines()).containsExactly(textLine("one"), textLine("two"));
    assertThat(in.remaining()).isEqualTo(7);

    parser.parse(in, heard);
    assertThat(heard.lines()).hasSize(3).last().isEqualTo("ping 78");
    assertThat(in.hasRemaining()).isFalse();
  }
}
