package relay.http.termonmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A search that finds nothing proves nothing unless it finds what is there. */
class CanariesTest {
  private static final String SECRET = "ABCDEFGHabcdefgh0123456789XYZxyz";
  private static final String HEX =
      "7dc7b30ce4a90fb0ab57b53e5d763d8268b5675fe5237f40d2ab4c6950b9eb3c";
  private static final String BASE64 = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=";

  private final Canaries canaries = new Canaries();

  @Test
  void areFoundHoweverTheyAreWritten() {
    canaries.add("secret", SECRET);
    canaries.add("hash", HEX);
    canaries.add("key", BASE64);
    byte[] bytes = SECRET.getBytes(UTF_8);
    assertThat(canaries.foundIn("a=" + SECRET + ";")).containsExactly("secret");
    assertThat(canaries.foundIn(HexFormat.of().withUpperCase().formatHex(bytes)))
        .containsExactly("secret");
    assertThat(canaries.foundIn(Base64.getEncoder().encodeToString(bytes)))
        .containsExactly("secret");
    assertThat(canaries.foundIn("x" + new String(HexFormat.of().parseHex(HEX), ISO_8859_1)))
        .containsExactly("hash");
    assertThat(canaries.foundIn("x" + new String(Base64.getDecoder().decode(BASE64), ISO_8859_1)))
        .containsExactly("key");
  }

  @Test
  void areNotFoundElsewhere() {
    canaries.add("secret", SECRET);
    assertThat(canaries.foundIn("ABCDEFGHabcdefgi0123456789")).isEmpty();
  }
}
