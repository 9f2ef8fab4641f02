package relay.http.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.KEY;
import static relay.http.testing.ClientFrames.frames;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.frame.Opcode;
import relay.http.testing.ClientFrames;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** One phone breaks RFC 6455 in every way; its sibling and its binary talk on. */
class HostileFramesIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.pyrycode.message-timeout", "5s")
          .with("relay.pyrycode.close-timeout", "1s");

  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  private static final int MAX = 262_144;

  private String room;
  private TestPeer binary;
  private TestPeer hostile;
  private TestPeer sibling;

  @BeforeEach
  void open(TestInfo test) {
    room = "frames of " + test.getDisplayName().replaceAll("[^ -~]", "");
    binary = TestPeer.binary(RELAY.port(), room);
    hostile = TestPeer.phone(RELAY.port(), room);
    sibling = TestPeer.phone(RELAY.port(), room);
    hostile.send("{\"hello\":1}");
    assertThat(binary.expectText()).endsWith("\"frame\":{\"hello\":1}}");
  }

  @AfterEach
  void theSiblingIsHeard() {
    sibling.send("{\"still\":\"here\"}");
    assertThat(binary.expectText()).endsWith("\"frame\":{\"still\":\"here\"}}");
    binary.expectNothingMore();
    Stream.of(hostile, sibling, binary).forEach(TestPeer::close);
  }

  static Stream<Arguments> violations() {
    byte[] tooLong = new byte[126];
    return Stream.of(
        broken("reserved bits set", frames().frame(FIN | 0x40 | Opcode.TEXT, new byte[1])),
        broken("unknown opcode", frames().frame(FIN | 3, new byte[1])),
        broken("unknown opcode", frames().frame(FIN | 11, new byte[0])),
        broken("frame not masked", frames().raw("8102 7B7D")),
        broken("fragmented control frame", frames().frame(Opcode.PING, new byte[1])),
        broken("fragmented control frame", frames().frame(Opcode.CLOSE, new byte[0])),
        broken("control frame too long", frames().frame(FIN | Opcode.PING, tooLong)),
        broken("control frame too long", frames().header(FIN | Opcode.PONG, 1L << 40, KEY)),
        broken("continuation of nothing", frames().last("{}")),
        broken("message inside a message", frames().firstOfText("{").text("{}")),
        broken("malformed length", frames().raw("81FE 007D 00000000")),
        broken("malformed length", frames().raw("81FF 000000000000FFFF 00000000")),
        broken("malformed length", frames().raw("81FF FFFFFFFFFFFFFFFF 00000000")),
        broken("malformed close frame", frames().frame(FIN | Opcode.CLOSE, new byte[1])),
        broken("malformed close frame", frames().close(1005, "")),
        broken("malformed close frame", frames().close(1006, "")),
        broken("malformed close frame", frames().close(999, "")),
        broken("malformed close frame", frames().close(65_535, "")));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("violations")
  void aBrokenRuleIsNamed(String rule, byte[] bytes) {
    hostile.sendBytes(bytes);
    expectEnd(1002, rule);
  }

  private static Arguments broken(String rule, ClientFrames how) {
    return arguments(rule, how.bytes());
  }

  @Test
  void textThatIsNotUtf8IsRefusedAtItsFirstBadByte() {
    hostile.sendBytes(frames().firstOfText(new byte[] {'"', (byte) 0xC0, (byte) 0x80}).bytes());
    expectEnd(1007, "text is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(longs = {MAX + 1, 1L << 20, 1L << 31, 1L << 40, Long.MAX_VALUE})
  void anAnnouncedLengthPastTheBoundIsRefusedBeforeItsBytes(long announced) {
    hostile.sendBytes(frames().header(FIN | Opcode.TEXT, announced, KEY).bytes());
    expectEnd(1009, "message too big");
  }

  @Test
  void aMessageOfTheBoundPassesAndOneByteMoreInManyFramesDoesNot() {
    String largest = "\"" + "a".repeat(MAX - 2) + "\"";
    hostile.send(largest);
    assertThat(binary.expectText()).endsWith("\"frame\":" + largest + "}");
    ClientFrames frames = frames().firstOfText(largest.substring(0, MAX / 2));
    hostile.sendBytes(frames.next(largest.substring(MAX / 2)).last(" ").bytes());
    expectEnd(1009, "message too big");
  }

  /** All at once, since each takes the whole timeout. */
  @Test
  void messagesThatStopOrTrickleInGainNoTime() throws InterruptedException {
    // A pong in the midst of a frame would be part of its payload.
    TestPeer silent = TestPeer.phone(RELAY.port(), room).ignorePings();
    silent.sendBytes(frames().header(FIN | Opcode.TEXT, 1000, KEY).raw("7B").bytes());
    TestPeer dribbling = TestPeer.phone(RELAY.port(), room).ignorePings();
    dribbling.sendBytes(frames().header(FIN | Opcode.TEXT, MAX, 0).bytes());
    hostile.sendBytes(frames().firstOfText("[1").bytes());
    trickle(Map.of(hostile, frames().next("1").ping("").bytes(), dribbling, new byte[] {' '}));
    for (TestPeer each : List.of(silent, dribbling, hostile)) {
      expectEnd(each, 1008, "message timeout");
    }
  }

  /** Each goes on at the bystanders' pace until the relay has had enough of it. */
  private void trickle(Map<TestPeer, byte[]> more) throws InterruptedException {
    Set<TestPeer> heard = new HashSet<>();
    for (int i = 0; i < 20_000 && heard.size() < more.size(); i++) {
      bystanders.talkOnce();
      more.forEach(
          (peer, bytes) -> {
            if (peer.hasHeardClose()) {
              heard.add(peer);
            } else {
              var _ = peer.sendLater(bytes);
            }
          });
    }
  }

  @Test
  void aFloodOfPingsIsAnsweredByItsLatest() {
    ClientFrames flood = frames();
    String padding = "p".repeat(119);
    for (int i = 100_000; i < 120_000; i++) {
      flood.ping(i + padding);
    }
    hostile.stopReading().sendBytes(flood.bytes());
    hostile.readAgain().expectPongAtLast("119999" + padding);
    hostile.send("{\"after\":\"pings\"}");
    assertThat(binary.expectText()).endsWith("\"frame\":{\"after\":\"pings\"}}");
  }

  @Test
  void aFloodOfPongsNobodyAskedForChangesNothing() {
    ClientFrames flood = frames();
    for (int i = 0; i < 20_000; i++) {
      flood.pong("unasked " + i);
    }
    hostile.sendBytes(flood.bytes()).expectNothingMore();
  }

  @Test
  void aMessageOfTinyAndEmptyFragmentsIsPutTogether() {
    String text = "\"" + "κόσμε".repeat(2_000) + "\"";
    ClientFrames fragments = frames().firstOfText("");
    for (byte each : text.getBytes(UTF_8)) {
      fragments.next(new byte[] {each}).next("");
    }
    hostile.sendBytes(fragments.last("").bytes());
    assertThat(binary.expectText()).endsWith("\"frame\":" + text + "}");
  }

  @Test
  void framesBehindACloseAreNotDelivered() {
    hostile.sendBytes(frames().close(1000, "bye").text("{\"late\":1}").ping("late").bytes());
    expectEnd(1000, "bye");
  }

  @Test
  void aBinaryThatBreaksARuleLeavesItsPhonesInGrace() {
    String broken = "broken binary";
    try (TestPeer rude = TestPeer.binary(RELAY.port(), broken);
        TestPeer phone = TestPeer.phone(RELAY.port(), broken)) {
      phone.send("{}");
      rude.expectText();
      rude.sendUnmasked("{}").expectClose(1002, "frame not masked").expectEnd();
      phone.expectNothingMore();
      try (TestPeer again = TestPeer.binary(RELAY.port(), broken)) {
        phone.expectClose(4404, "binary reclaimed server-id");
        again.expectNothingMore();
      }
    }
  }

  private void expectEnd(int code, String reason) {
    expectEnd(hostile, code, reason);
  }

  private void expectEnd(TestPeer peer, int code, String reason) {
    peer.expectClose(code, reason);
    peer.close();
    assertThat(binary.expectText()).endsWith("\"close_code\":" + code + "}");
  }
}
