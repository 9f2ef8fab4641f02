package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * What a socket of the same loop is handed: parts side by side, and nothing of the last message.
 */
class JoinSpaceTest {
  private static final byte[] NOTHING = {};

  private final JoinSpace joins = new JoinSpace();

  @Test
  void partsComeSideBySideWhateverWasThereBefore() {
    assertThat(handed("head-", "a long body", "-tail")).isEqualTo("head-a long body-tail");
    assertThat(handed("", "short", "!")).isEqualTo("short!");
    assertThat(handed("x", "y".repeat(5_000), "z")).isEqualTo("x" + "y".repeat(5_000) + "z");
  }

  @Test
  void theBodyIsLeftAsItWas() {
    ByteBuffer body = ByteBuffer.wrap("..body..".getBytes(UTF_8)).position(2).limit(6);

    assertThat(text(joins.take(bytes("<"), body, bytes(">")))).isEqualTo("<body>");

    assertThat(text(body)).isEqualTo("body");
  }

  @Test
  void aMessageWithNothingToJoinIsNotCopied() {
    ByteBuffer body = ByteBuffer.wrap(bytes("body"));

    assertThat(joins.take(NOTHING, body, NOTHING)).isSameAs(body);
  }

  @Test
  void oneHandedOverMeanwhileDoesNotDisturbTheFirst() {
    ByteBuffer first = joins.take(bytes("1"), ByteBuffer.wrap(bytes("first")), NOTHING);
    ByteBuffer second = joins.take(bytes("2"), ByteBuffer.wrap(bytes("second")), NOTHING);

    assertThat(text(second)).isEqualTo("2second");
    joins.giveBack();
    assertThat(text(first)).isEqualTo("1first");
  }

  @Test
  void aVeryLongMessageKeepsNoSpace() {
    String body = "b".repeat(600 * 1024);

    assertThat(handed("h", body, "t")).isEqualTo("h" + body + "t");
    assertThat(handed("h", "b", "t")).isEqualTo("hbt");
    assertThat(joins.take(bytes("h"), ByteBuffer.wrap(bytes("b")), NOTHING).capacity())
        .isLessThan(1_024);
  }

  private String handed(String head, String body, String tail) {
    String joined = text(joins.take(bytes(head), ByteBuffer.wrap(bytes(body)), bytes(tail)));
    joins.giveBack();
    return joined;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(ByteBuffer payload) {
    return UTF_8.decode(payload.duplicate()).toString();
  }
}
