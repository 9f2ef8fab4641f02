package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.CLOSE;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.FRAME;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MALFORMED;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MISSING_CONN_ID;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MISSING_FRAME;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.PUSH_WAKE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.protocol.Text;

class EnvelopeReaderTest {
  private final EnvelopeReader reader = new EnvelopeReader();

  @Test
  void whiteSpaceAroundTheFrameIsNotTheFrame() {
    ByteBuffer message = Text.of(" {\"conn_id\" : \"c-1\" ,\"frame\"\t:\r\n [ 1 , 2 ] \n} ");
    assertThat(reader.read(message)).isEqualTo(FRAME);
    assertThat(frameOf(message)).isEqualTo("[ 1 , 2 ]");
  }

  @Test
  void nothingIsConsumed() {
    ByteBuffer message = Text.of("{\"conn_id\":\"c-1\",\"frame\":1}");
    int position = message.position();
    int limit = message.limit();
    reader.read(message);
    assertThat(message.position()).isEqualTo(position);
    assertThat(message.limit()).isEqualTo(limit);
  }

  @Test
  void anythingCanBeAFrame() {
    for (String frame : new String[] {"{}", "[]", "\"\"", "0", "-1.5e+9", "true", "false"}) {
      ByteBuffer message = Text.of("{\"frame\":" + frame + ",\"conn_id\":\"c-1\"}");
      assertThat(reader.read(message)).isEqualTo(FRAME);
      assertThat(frameOf(message)).isEqualTo(frame);
    }
  }

  @Test
  void keysMatchInAnyCaseAndSpelling() {
    assertThat(reader.read(Text.of("{\"CONN_ID\":\"c-1\",\"Frame\":1}"))).isEqualTo(FRAME);
    assertThat(reader.read(Text.of("{\"conn\\u005Fid\":\"c-1\",\"fr\\u0061me\":1}")))
        .isEqualTo(FRAME);
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"clo\u017Fe_code\":4401}")))
        .isEqualTo(CLOSE);
    assertThat(reader.read(Text.of("{\"push_wa\u212Ae\":{}}"))).isEqualTo(PUSH_WAKE);
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"frame \":1}"))).isEqualTo(MISSING_FRAME);
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"fram\":1}"))).isEqualTo(MISSING_FRAME);
  }

  @Test
  void theLastOfDuplicateKeysWins() {
    ByteBuffer message =
        Text.of(
            "{\"conn_id\":\"a\",\"frame\":1,\"close_code\":4401,"
                + "\"Conn_Id\":\"b\",\"frame\":2,\"close_code\":4402}");
    assertThat(reader.read(message)).isEqualTo(FRAME);
    assertThat(reader.connId()).isEqualTo("b");
    assertThat(frameOf(message)).isEqualTo("2");
    assertThat(reader.closeCode()).isEqualTo(4402);
  }

  @Test
  void aLaterNullTakesAFrameBackButNoConnIdAndNoCloseCode() {
    String both = "{\"conn_id\":\"a\",\"close_code\":4401,\"frame\":1,";
    assertThat(reader.read(Text.of(both + "\"conn_id\":null,\"close_code\":null,\"frame\":null}")))
        .isEqualTo(CLOSE);
    assertThat(reader.connId()).isEqualTo("a");
    assertThat(reader.closeCode()).isEqualTo(4401);
  }

  @Test
  void aWrongTypeIsNotMendedByALaterDuplicate() {
    assertThat(reader.read(Text.of("{\"conn_id\":1,\"conn_id\":\"a\",\"frame\":1}")))
        .isEqualTo(MALFORMED);
  }

  @Test
  void unknownKeysAreIgnoredAndCheckedAllTheSame() {
    String known = "{\"conn_id\":\"c-1\",\"frame\":1,\"token\":";
    assertThat(reader.read(Text.of(known + "{\"frame\":[2]}}"))).isEqualTo(FRAME);
    assertThat(reader.read(Text.of(known + "{\"frame\":[2}}"))).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "null"})
  void noCloseCodeIsCodeZero(String none) {
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"close_code\":" + none + "}")))
        .isEqualTo(MISSING_FRAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0", "1e3", "65536", "99999999999999999999", "4401.5", "true", "[]", "\"4401\""})
  void aCloseCodeIsAWholeNumberOfSixteenBits(String code) {
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"close_code\":" + code + "}")))
        .isEqualTo(MALFORMED);
  }

  @Test
  void theHighestCloseCodeIsRead() {
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\",\"close_code\":65535}"))).isEqualTo(CLOSE);
    assertThat(reader.closeCode()).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "1", "\"\"", "[{}]", "{", "{}}", "{,}", "{\"a\":1,}", "{\"a\"}"})
  void anythingButOneObjectIsMalformed(String text) {
    assertThat(reader.read(Text.of(text))).isEqualTo(MALFORMED);
  }

  @Test
  void anEmptyObjectMissesItsConnId() {
    assertThat(reader.read(Text.of("{}"))).isEqualTo(MISSING_CONN_ID);
  }

  @Test
  void theConnIdIsComparedByWhatItMeans() {
    String connId = "client-a<b>é\uD83D\uDE00\\-01234567";
    String escaped = "client-\\u0061\\u003cb\\u003E\\u00e9\\ud83d\\ude00\\\\-01234567";
    assertThat(reader.read(Text.of("{\"conn_id\":\"" + escaped + "\",\"frame\":1}")))
        .isEqualTo(FRAME);
    assertThat(reader.connId()).isEqualTo(connId);
    assertThat(reader.connIdIs(utf8(connId))).isTrue();
    assertThat(reader.connIdIs(utf8(connId.replace('é', 'è')))).isFalse();
    assertThat(reader.connIdIs(utf8(connId + "0"))).isFalse();
    assertThat(reader.connIdIs(utf8(connId.substring(1)))).isFalse();
    assertThat(reader.connIdIs(new byte[0])).isFalse();
  }

  @Test
  void anEscapeIsNotItsOwnSpelling() {
    reader.read(Text.of("{\"conn_id\":\"a\\\\b\",\"frame\":1}"));
    assertThat(reader.connIdIs(utf8("a\\\\b"))).isFalse();
    assertThat(reader.connIdIs(utf8("a\\b"))).isTrue();
  }

  @Test
  void halfASurrogateReadsAsAReplacementCharacter() {
    reader.read(Text.of("{\"conn_id\":\"a\\ud83d\\u0041\\ude00\",\"frame\":1}"));
    assertThat(reader.connId()).isEqualTo("a\uFFFDA\uFFFD");
  }

  @Test
  void nothingOfTheLastMessageIsLeft() {
    reader.read(Text.of("{\"conn_id\":\"c-1\",\"frame\":1,\"close_code\":4401}"));
    assertThat(reader.read(Text.of("{\"push_wake\":{}}"))).isEqualTo(PUSH_WAKE);
    assertThat(reader.closeCode()).isZero();
    assertThat(reader.connId()).isEmpty();
    assertThat(reader.read(Text.of("{\"conn_id\":\"c-1\"}"))).isEqualTo(MISSING_FRAME);
    assertThat(reader.read(Text.of("{\"frame\":1}"))).isEqualTo(MISSING_CONN_ID);
  }

  @Test
  void aForgottenMessageIsGone() {
    reader.read(Text.of("{\"conn_id\":\"c-1\",\"frame\":1}"));
    reader.forget();
    assertThat(reader.connId()).isEmpty();
    assertThat(reader.connIdIs(utf8("c-1"))).isFalse();
    assertThat(reader.frameEnd()).isZero();
  }

  @Test
  void theEnvelopeCountsAsALevelOfNesting() {
    String atLimit = "[".repeat(9_999) + "]".repeat(9_999);
    assertThat(reader.read(Text.of("{\"conn_id\":\"c\",\"frame\":" + atLimit + "}")))
        .isEqualTo(FRAME);
    assertThat(reader.read(Text.of("{\"conn_id\":\"c\",\"frame\":[" + atLimit + "]}")))
        .isEqualTo(MALFORMED);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    byte[] message = utf8("{\"conn_id\":\"c\",\"frame\":\"?\"}");
    for (int other : new int[] {0x80, 0xC0, 0xFE, 0xFF}) {
      message[message.length - 3] = (byte) other;
      assertThat(reader.read(Text.of(message))).isEqualTo(MALFORMED);
    }
  }

  private String frameOf(ByteBuffer message) {
    return Text.string(message, reader.frameStart(), reader.frameEnd());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
