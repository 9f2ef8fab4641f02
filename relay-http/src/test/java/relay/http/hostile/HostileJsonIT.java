package relay.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.testing.ClientFrames.frames;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relay.http.testing.ClientFrames;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** JSON that is meant to hurt whoever builds a tree of it, and text that is no JSON. */
class HostileJsonIT {
  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();
  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  private static final int DEEPEST = 10_000;
  private static final int LINES_A_SECOND = 10;

  static Stream<String> strangeButValid() {
    return Stream.of(
        nested("[", "]", DEEPEST - 1),
        "[" + "[],".repeat(80_000) + "[]]",
        nested("{\"\":", "}", DEEPEST - 1).replace(":}", ":0}"),
        "9".repeat(200_000),
        "-0." + "0".repeat(100_000) + "1e-999999999",
        "{\"a\":1,\"a\":2,\"conn_id\":\"x\",\"conn_id\":\"y\",\"close_code\":4000,\"frame\":null}",
        "\"" + "\\u0000".repeat(40_000) + "\"",
        "\"\\ud800 alone\"",
        "{\"__proto__\":{\"x\":1},\"@class\":\"java.lang.Runtime\"}",
        "false",
        " \t\r\n7 ");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("strangeButValid")
  void whatIsJsonArrivesByteForByte(String frame, TestInfo test) {
    try (OddRoom room = OddRoom.open(RELAY.port(), "strange " + test.getDisplayName())) {
      room.phone().send(frame);
      String envelope = room.binary().expectText();
      assertThat(envelope).endsWith(",\"frame\":" + frame + "}");
      room.binary().send(envelope);
      assertThat(room.phone().expectText()).isEqualTo(frame.strip());
    }
  }

  static Stream<String> broken() {
    return Stream.of(
        nested("[", "]", DEEPEST + 1),
        "[".repeat(262_000),
        "{\"a\":".repeat(50_000),
        "[" + "1,".repeat(100_000),
        "\"" + "a".repeat(200_000),
        "",
        "{}{}",
        "{'a':1}",
        "[1,]",
        "01",
        "NaN",
        "1e",
        "\"\u0001\"",
        "\"\\x\"",
        "\uFEFF{}",
        "{}\u0000",
        "tru");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("broken")
  void whatIsNotJsonEndsItsPhoneOnly(String frame, TestInfo test) {
    try (OddRoom room = OddRoom.open(RELAY.port(), "broken " + test.getDisplayName());
        TestPeer sibling = TestPeer.phone(RELAY.port(), room.serverId())) {
      room.phone().send(frame).expectClose(1000, "");
      assertThat(room.binary().expectText()).endsWith("\"close_code\":1000}");
      sibling.send("{\"s\":1}");
      assertThat(room.binary().expectText()).endsWith("\"frame\":{\"s\":1}}");
      room.binary().expectNothingMore();
    }
  }

  @Test
  void malformedEnvelopesAtRateCostTheBinaryNothingAndTheLogLittle() {
    try (OddRoom room = OddRoom.open(RELAY.port(), "malformed");
        LogText log = new LogText("relay", Level.INFO)) {
      room.phone().send("1");
      String envelope = room.binary().expectText();
      String connId = envelope.substring(0, envelope.indexOf(",\"frame\""));
      List<String> kinds = malformed(connId);
      long began = System.nanoTime();
      int rounds = 200;
      for (int i = 0; i < rounds; i++) {
        ClientFrames burst = frames();
        kinds.forEach(burst::text);
        room.binary().sendBytes(burst.text(connId + ",\"frame\":" + i + "}").bytes());
        room.phone().expect(Integer.toString(i));
      }
      room.binary().expectNothingMore();
      room.phone().expectNothingMore();
      long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000;
      int warnings =
          log.count("binary_forwarder_unmarshal_err")
              + log.count("binary_forwarder_unknown_conn_id")
              + log.count("binary_forwarder_push_wake_dropped");
      assertThat(warnings).isPositive().isLessThanOrEqualTo((int) (LINES_A_SECOND * (seconds + 1)));
      assertThat(log.entries()).allMatch(LogText::isOneLine);
    }
  }

  private static List<String> malformed(String connId) {
    return List.of(
        "",
        "[]",
        "null",
        "7",
        "\"text\"",
        connId,
        connId + ",\"frame\":",
        connId + ",\"frame\":}",
        connId + ",\"frame\":{}}}",
        connId + ",\"frame\":nul}",
        connId + ",\"frame\":null}",
        connId + ",\"frame\":1,\"close_code\":-1}",
        connId + ",\"frame\":1,\"close_code\":99999999999999999999}",
        connId + ",\"frame\":1,\"close_code\":1e3}",
        connId + ",\"frame\":1,\"close_code\":\"4401\"}",
        connId + ",\"frame\":" + nested("[", "]", DEEPEST) + "}",
        connId + "x\",\"frame\":1}",
        connId + ",\"conn_id\":\"somebody else\",\"frame\":1}",
        "{\"conn_id\":[],\"frame\":1}",
        "{\"conn_id\":\"\",\"frame\":1}",
        "{\"conn_id\":\"" + "\\u0061".repeat(1_000) + "\",\"frame\":1}",
        "{\"conn_id\":\"client-malformed-00000000\",\"frame\":1}",
        "{\"frame\":1}",
        "{\"push_wake\":[]}",
        "{\"push_wake\":{\"platform\":\"fcm\"}}",
        "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"" + "t".repeat(10_000) + "\"}}");
  }

  private static String nested(String open, String close, int levels) {
    return open.repeat(levels) + close.repeat(levels);
  }
}
