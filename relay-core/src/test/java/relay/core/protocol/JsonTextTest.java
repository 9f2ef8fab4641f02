package relay.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "10",
        "1.0",
        "1e5",
        "1E+5",
        "-12.50e-07",
        " \t\r\n1 \t\r\n",
        "[[],{}]",
        "[1,\"a\",null]",
        "{\"a\":{\"b\":[{}]}}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\"",
        "\"\\ud800\"",
        "\"é€\uD83D\uDE00\u007F\""
      })
  void jsonIsJson(String text) {
    assertThat(JsonText.isValid(Text.of(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "not json",
        "{\"a\":",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[}",
        "{]",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "{1:1}",
        "tru",
        "truex",
        "nul",
        "NULL",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "1 2",
        "{}{}",
        "[]]",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\\",
        "\"\\u",
        "\"a\nb\"",
        "\"\u0000\"",
        "'a'",
        "\u00A01",
        "\uFEFF1",
        "é"
      })
  void anythingElseIsNot(String text) {
    assertThat(JsonText.isValid(Text.of(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "BF",
        "C0AF",
        "C1BF",
        "C2",
        "C241",
        "E08080",
        "E09FBF",
        "E282",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F08FBFBF",
        "F4908080",
        "F5808080",
        "F09F98",
        "FE",
        "FF"
      })
  void stringsAreUtf8(String bytes) {
    byte[] text = HexFormat.of().parseHex("22" + bytes + "22");
    assertThat(JsonText.isValid(Text.of(text))).isFalse();
  }

  @Test
  void everyPlaceInALongStringIsLookedAt() {
    for (int at = 1; at < 40; at++) {
      byte[] text = ("\"" + "a".repeat(40) + "\"").getBytes(StandardCharsets.US_ASCII);
      assertThat(JsonText.isValid(Text.of(text))).isTrue();
      for (int bad : new int[] {0x00, 0x1F, '"', '\\', 0x80, 0xFF}) {
        text[at] = (byte) bad;
        assertThat(JsonText.isValid(Text.of(text))).as("%x at %d", bad, at).isFalse();
      }
    }
  }

  @Test
  void tenThousandLevelsAreTheLimit() {
    assertThat(JsonText.isValid(Text.of(nested(10_000)))).isTrue();
    assertThat(JsonText.isValid(Text.of(nested(10_001)))).isFalse();
  }

  @Test
  void everyLevelIsClosedByItsOwnBracket() {
    String text = nested(1000);
    for (int level : new int[] {1, 2, 62, 63, 64, 65, 127, 128, 129, 500, 999}) {
      int close = text.length() - level;
      char wrong = text.charAt(close) == '}' ? ']' : '}';
      String broken = text.substring(0, close) + wrong + text.substring(close + 1);
      assertThat(JsonText.isValid(Text.of(broken))).as("level %d", level).isFalse();
    }
  }

  @Test
  void twoHundredFiftySixKibibytesOfOpenBracketsOverflowNothing() {
    assertThat(JsonText.isValid(Text.of("[".repeat(262_144)))).isFalse();
  }

  @Test
  void buffersOffTheHeapAreReadAlike() {
    byte[] text = "{\"payload\":\"0123456789abcdef\"}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer offHeap = Text.offHeap(text);
    assertThat(JsonText.isValid(offHeap)).isTrue();
    assertThat(offHeap.remaining()).isEqualTo(text.length);
  }

  /** Objects and arrays in turns that no short period describes. */
  private static String nested(int levels) {
    StringBuilder opening = new StringBuilder();
    StringBuilder closing = new StringBuilder();
    for (int level = 0; level < levels; level++) {
      boolean object = Integer.bitCount(level) % 2 == 0;
      boolean innermost = level == levels - 1;
      opening.append(object ? innermost ? "{" : "{\"\":" : "[");
      closing.append(object ? '}' : ']');
    }
    return opening.append(closing.reverse()).toString();
  }
}
