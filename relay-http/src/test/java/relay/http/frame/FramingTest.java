package relay.http.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.Heard.binaryLine;
import static relay.http.frame.Heard.shown;
import static relay.http.frame.Heard.textLine;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.KEY;
import static relay.http.testing.ClientFrames.frames;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.ClientFrames;

/** Framing, pings and pongs, reserved bits, opcodes: sections 1 to 4 of the Autobahn suite. */
class FramingTest {
  private static final int MAX = 1 << 20;

  @Nested
  class Messages {
    @ParameterizedTest
    @CsvSource({
      "0, 997",
      "125, 997",
      "126, 997",
      "127, 997",
      "128, 997",
      "65535, 70000",
      "65536, 70000",
      "65536, 997",
      "65536, 1"
    })
    void ofEveryLengthClassAreDelivered(int length, int chunk) {
      String text = "*".repeat(length);
      byte[] binary = new byte[length];
      Arrays.fill(binary, (byte) 0xFE);

      assertThat(Heard.from(frames().text(text).bytes(), chunk, MAX))
          .containsExactly(textLine(text));
      assertThat(Heard.from(frames().binary(binary).bytes(), chunk, MAX))
          .containsExactly(binaryLine(binary));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x01000000, 0x00000001, 0x80402010})
    void areUnmaskedWithTheirOwnKey(int key) {
      byte[] payload = "0123456789abcdefghi".getBytes(US_ASCII);
      assertThat(Heard.from(frames().frame(FIN | Opcode.BINARY, payload, key)))
          .containsExactly(binaryLine(payload));
    }

    @Test
    void ofOneChunkAreAllDelivered() {
      assertThat(Heard.from(frames().text("a").text("").binary(new byte[1]).text("b")))
          .containsExactly(textLine("a"), textLine(""), binaryLine(new byte[1]), textLine("b"));
    }
  }

  @Nested
  class Pings {
    @Test
    void mayBeEmptyOrHoldAnything() {
      byte[] binary = {0x00, (byte) 0xFF, (byte) 0xFE, (byte) 0xFD, (byte) 0xFC};
      assertThat(Heard.from(frames().ping("").ping("Hello").frame(FIN | Opcode.PING, binary)))
          .containsExactly("ping ", "ping 48656c6c6f", "ping 00fffefdfc");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 200})
    void mayHold125Bytes(int chunk) {
      byte[] payload = new byte[125];
      Arrays.fill(payload, (byte) 0xFE);
      assertThat(Heard.from(frames().frame(FIN | Opcode.PING, payload).bytes(), chunk, MAX))
          .containsExactly("ping " + shown(payload));
    }

    @Test
    void mayNotHold126Bytes() {
      assertThat(Heard.from(frames().frame(FIN | Opcode.PING, new byte[126])))
          .containsExactly("violation 1002");
    }

    @Test
    void areToldInOrderWithPongs() {
      assertThat(Heard.from(frames().pong("").pong("unsolicited").ping("now")))
          .containsExactly("pong ", "pong 756e736f6c696369746564", "ping 6e6f77");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void tenInARowAreTenPings(int chunk) {
      ClientFrames frames = frames();
      Collections.nCopies(10, "p").forEach(frames::ping);
      assertThat(Heard.from(frames.bytes(), chunk, MAX))
          .isEqualTo(Collections.nCopies(10, "ping 70"));
    }
  }

  @Nested
  class ReservedBits {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void areRefusedOnEveryOpcode(int bits) {
      for (int opcode : List.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.CLOSE)) {
        assertThat(
                Heard.from(
                    frames().text("ok").frame(FIN | bits << 4 | opcode, new byte[0]).ping("x")))
            .containsExactly(textLine("ok"), "violation 1002");
      }
    }
  }

  @Nested
  class ReservedOpcodes {
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void areRefusedWithAndWithoutPayload(int opcode) {
      assertThat(Heard.from(frames().text("ok").frame(FIN | opcode, new byte[0]).ping("x")))
          .containsExactly(textLine("ok"), "violation 1002");
      assertThat(Heard.from(frames().frame(FIN | opcode, new byte[] {1, 2}).ping("x")))
          .containsExactly("violation 1002");
    }
  }

  @Nested
  class Headers {
    @ParameterizedTest
    @ValueSource(strings = {"81 05 48656c6c6f", "82 00", "89 00", "88 00", "81 7e 0100"})
    void withoutMaskAreRefused(String hex) {
      assertThat(Heard.from(frames().raw(hex))).containsExactly("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "82 fe 0000 00000000",
          "82 fe 007d 00000000",
          "82 ff 0000000000000000 00000000",
          "82 ff 000000000000007d 00000000",
          "82 ff 000000000000ffff 00000000",
          "82 ff 8000000000000000 00000000",
          "82 ff ffffffffffffffff 00000000"
        })
    void withALongerLengthThanNeededOrANegativeOneAreRefused(String hex) {
      byte[] input = frames().raw(hex).bytes();
      assertThat(Heard.from(input, input.length, Integer.MAX_VALUE))
          .containsExactly("violation 1002");
      assertThat(Heard.from(input, 1, Integer.MAX_VALUE)).containsExactly("violation 1002");
    }

    @Test
    void areJudgedBeforeTheirPayloadComes() {
      assertThat(Heard.from(frames().raw("91 80"))).containsExactly("violation 1002");
      assertThat(Heard.from(frames().header(FIN | Opcode.TEXT, 200, KEY))).isEmpty();
    }
  }
}
