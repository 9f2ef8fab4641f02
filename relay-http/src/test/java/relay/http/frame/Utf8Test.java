package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.Heard.textLine;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.KEY;
import static relay.http.testing.ClientFrames.frames;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.ClientFrames;

/**
 * Text is UTF-8, or the connection ends as soon as it cannot be: section 6 of the Autobahn suite.
 */
class Utf8Test {
  private static final String GREEK = "κόσμε";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "7f",
        "c280",
        "dfbf",
        "e0a080",
        "ed9fbf",
        "ee8080",
        "efbfbd",
        "efbfbf",
        "efbfbe",
        "f0908080",
        "f09fbfbf",
        "f3bfbfbf",
        "f48fbfbf",
        "cebae1bdb9cf83cebcceb5",
        "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",
        "6162636465666768f09f988061626364656667686162636465666768"
      })
  void wellFormedTextIsDelivered(String hex) {
    byte[] text = HexFormat.of().parseHex(hex);
    String expected = textLine(new String(text, UTF_8));
    assertThat(Heard.from(frames().text(text))).containsExactly(expected);
    assertThat(Heard.from(frames().text(text).bytes(), 1, 100)).containsExactly(expected);
    ClientFrames octets = frames().firstOfText(new byte[0]);
    for (byte octet : text) {
      octets.next(new byte[] {octet});
    }
    assertThat(Heard.from(octets.last(""))).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // lonely continuation bytes, lonely starts
        "80",
        "bf",
        "80bf80",
        "c020",
        "e020",
        "f020",
        "f820",
        "fc20",
        "41bf41",
        // last byte missing
        "c3",
        "e0a0",
        "efbf",
        "f09080",
        "f7bfbf",
        "f48fbf",
        "cebae1bdb9cf83cebcce",
        // impossible bytes
        "fe",
        "ff",
        "fefeffff",
        "f5808080",
        "f888808080",
        "fc8480808080",
        // overlong
        "c0af",
        "c1bf",
        "e080af",
        "e09fbf",
        "f08080af",
        "f08fbfbf",
        // surrogates, past U+10FFFF
        "eda080",
        "edafbf",
        "edb080",
        "edbfbf",
        "eda080edb080",
        "f4908080",
        "f7bfbfbf",
        // after a long run of ASCII
        "61626364656667686162636465666768616263646566676880"
      })
  void malformedTextIsRefused(String hex) {
    byte[] text = HexFormat.of().parseHex(hex);
    assertThat(Heard.from(frames().text(text).ping("x"))).containsExactly("violation 1007");
    assertThat(Heard.from(frames().text(text).bytes(), 1, 100)).containsExactly("violation 1007");
    assertThat(Heard.from(frames().firstOfText(text).last(""))).containsExactly("violation 1007");
    assertThat(Heard.from(frames().close(1000, text))).containsExactly("violation 1007");
  }

  @Test
  void aBadByteIsFoundWhereverItStands() {
    for (int at = 0; at < 100; at++) {
      byte[] text = "x".repeat(100).getBytes(UTF_8);
      text[at] = (byte) 0x80;
      assertThat(Heard.from(frames().text(text))).as("at " + at).containsExactly("violation 1007");
    }
  }

  @Test
  void aCharacterMayBeCutBetweenFragments() {
    byte[] text = GREEK.getBytes(UTF_8);
    for (int cut = 0; cut <= text.length; cut++) {
      byte[] head = Arrays.copyOf(text, cut);
      byte[] tail = Arrays.copyOfRange(text, cut, text.length);
      assertThat(Heard.from(frames().firstOfText(head).ping("").last(tail)))
          .containsExactly("ping ", textLine(GREEK));
    }
  }

  @Test
  void anUnfinishedCharacterIsFineOnlyWhileMoreMayCome() {
    byte[] open = {(byte) 0xCE};
    assertThat(Heard.from(frames().firstOfText(open).next(new byte[0]).ping("")))
        .containsExactly("ping ");
    assertThat(Heard.from(frames().firstOfText(open).last("a"))).containsExactly("violation 1007");
    assertThat(Heard.from(frames().firstOfText(open).last("abcdefgh")))
        .containsExactly("violation 1007");
  }

  @Test
  void aLaterMessageStartsAfresh() {
    byte[] input = frames().text(GREEK).binary(new byte[] {(byte) 0xCE}).text(GREEK).bytes();
    assertThat(Heard.from(input, 5, 100)).hasSize(3).last().isEqualTo(textLine(GREEK));
  }

  @Test
  void aBadFragmentIsRefusedBeforeTheNext() {
    assertThat(Heard.from(frames().firstOfText(GREEK).next(new byte[] {(byte) 0xFF})))
        .containsExactly("violation 1007");
  }

  @Test
  void aBadByteIsRefusedBeforeItsFrameIsWhole() {
    byte[] start = HexFormat.of().parseHex("cebae1bdb9cf83cebcceb5f490");
    FrameParser parser = new FrameParser(100);
    Heard heard = new Heard();
    parser.parse(ByteBuffer.wrap(frames().header(FIN | Opcode.TEXT, 50, KEY).bytes()), heard);
    for (int i = 0; i < start.length; i++) {
      assertThat(heard.lines()).isEmpty();
      byte masked = (byte) (start[i] ^ (KEY >>> (24 - 8 * (i & 3))));
      parser.parse(ByteBuffer.wrap(new byte[] {masked}), heard);
    }
    assertThat(heard.lines()).containsExactly("violation 1007");
  }

  @Test
  void binaryMessagesAndPingsMayHoldAnything() {
    byte[] bytes = {(byte) 0xC0, (byte) 0xFF};
    assertThat(Heard.from(frames().binary(bytes).frame(FIN | Opcode.PING, bytes)))
        .containsExactly("binary 2 c0ff", "ping c0ff");
  }
}
