package relay.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class JsonTextAgainstJacksonTest {

  @Property
  void jsonIsJson(@ForAll("json") String text) {
    assertThat(JsonText.isValid(Text.of(text))).isTrue();
  }

  @Property(tries = 20_000)
  void jacksonAgreesOnPiecesOfJson(@ForAll("pieces") String text) {
    agrees(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 5_000)
  void jacksonAgreesOnJsonWithAByteChanged(
      @ForAll("json") String text, @ForAll @IntRange(max = 10_000) int at, @ForAll byte other) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes[at % bytes.length] = other;
    agrees(bytes);
  }

  @Property(tries = 5_000)
  void jacksonAgreesOnJsonWithASyntaxByteChanged(
      @ForAll("json") String text,
      @ForAll @IntRange(max = 10_000) int at,
      @ForAll("syntax") char other) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes[at % bytes.length] = (byte) other;
    agrees(bytes);
  }

  @Property
  void jacksonAgreesOnJsonCutShort(
      @ForAll("json") String text, @ForAll @IntRange(max = 10_000) int at) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    agrees(Arrays.copyOf(bytes, at % bytes.length));
  }

  @Provide
  Arbitrary<String> json() {
    return JsonTexts.valid();
  }

  @Provide
  Arbitrary<String> pieces() {
    return JsonTexts.pieces();
  }

  @Provide
  Arbitrary<Character> syntax() {
    return Arbitraries.of('{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', ' ');
  }

  private static void agrees(byte[] text) {
    boolean json = Jackson.isJson(text);
    assertThat(JsonText.isValid(Text.of(text))).isEqualTo(json);
    assertThat(JsonText.isValid(Text.offHeap(text))).isEqualTo(json);
  }
}
