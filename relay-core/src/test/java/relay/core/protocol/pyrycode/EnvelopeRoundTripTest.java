package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import relay.core.protocol.Jackson;
import relay.core.protocol.JsonTexts;
import relay.core.protocol.Text;

class EnvelopeRoundTripTest {
  /** One member of an envelope, in JSON. */
  record Member(String key, String value) {
    boolean is(String name) {
      return key.equalsIgnoreCase(name);
    }
  }

  private final EnvelopeReader reader = new EnvelopeReader();

  @Property
  void aSplicedFrameComesBackByteForByte(
      @ForAll("connIds") String connId, @ForAll("json") String frame) {
    byte[] message = Envelopes.around(connId, frame);
    for (ByteBuffer text : List.of(Text.of(message), Text.offHeap(message))) {
      boolean none = frame.strip().equals("null");
      assertThat(reader.read(text))
          .isEqualTo(none ? EnvelopeReader.Result.MISSING_FRAME : EnvelopeReader.Result.FRAME);
      assertThat(reader.connId()).isEqualTo(connId);
      assertThat(reader.connIdIs(connId.getBytes(StandardCharsets.UTF_8))).isTrue();
      assertThat(reader.connIdIs((connId + "x").getBytes(StandardCharsets.UTF_8))).isFalse();
      if (!none) {
        assertThat(Text.string(text, reader.frameStart(), reader.frameEnd()))
            .isEqualTo(frame.strip());
      }
    }
  }

  @Property(tries = 5_000)
  void anEnvelopeMeansWhatItsMembersSay(@ForAll("members") List<Member> members) {
    StringBuilder text = new StringBuilder();
    for (Member member : members) {
      text.append(text.isEmpty() ? "" : " , ");
      text.append('"').append(member.key()).append("\" : ").append(member.value());
    }
    ByteBuffer message = Text.of("{" + text + "}");
    assertThat(reader.read(message)).isEqualTo(meaning(members));
  }

  @Property(tries = 5_000)
  void whatIsNoJsonObjectIsMalformed(@ForAll("pieces") String inside) {
    byte[] message = ("{\"conn_id\":\"c\",\"frame\":" + inside).getBytes(StandardCharsets.UTF_8);
    if (!Jackson.isJson(message)) {
      assertThat(reader.read(Text.of(message))).isEqualTo(EnvelopeReader.Result.MALFORMED);
    }
  }

  /** Go's decoder in a few lines (pyrycode 3.4). */
  private static EnvelopeReader.Result meaning(List<Member> members) {
    String connId = "\"\"";
    String frame = "null";
    String wake = "null";
    String closeCode = "0";
    for (Member member : members) {
      boolean isNull = member.value().equals("null");
      connId = member.is("conn_id") && !isNull ? member.value() : connId;
      closeCode = member.is("close_code") && !isNull ? member.value() : closeCode;
      frame = member.is("frame") ? member.value() : frame;
      wake = member.is("push_wake") ? member.value() : wake;
      if (!connId.startsWith("\"") || !closeCode.matches("[0-9]{1,5}")) {
        return EnvelopeReader.Result.MALFORMED;
      }
    }
    if (connId.equals("\"\"")) {
      return wake.equals("null")
          ? EnvelopeReader.Result.MISSING_CONN_ID
          : EnvelopeReader.Result.PUSH_WAKE;
    }
    if (!frame.equals("null")) {
      return EnvelopeReader.Result.FRAME;
    }
    return closeCode.equals("0")
        ? EnvelopeReader.Result.MISSING_FRAME
        : EnvelopeReader.Result.CLOSE;
  }

  @Provide
  Arbitrary<String> connIds() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(it -> StandardCharsets.UTF_8.newEncoder().canEncode(it));
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
  Arbitrary<List<Member>> members() {
    Arbitrary<String> keys =
        Arbitraries.of("conn_id", "Conn_ID", "frame", "FRAME", "close_code", "push_wake", "token");
    Arbitrary<String> values =
        Arbitraries.of("null", "\"\"", "\"c-1\"", "0", "4401", "65535", "-1", "1.5", "{}", "[1]");
    return Combinators.combine(keys, values).as(Member::new).list().ofMaxSize(5);
  }
}
