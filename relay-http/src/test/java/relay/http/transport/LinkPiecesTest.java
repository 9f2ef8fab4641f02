package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;
import relay.core.wire.FrameBatchReader;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.http.socket.Delivery;
import relay.http.socket.SocketLimits;

/** What an edge hands to another one, which a probe plays. */
@ExtendWith(LeakWatch.class)
class LinkPiecesTest {
  private static final SocketLimits LONG =
      new SocketLimits(
          8 * 1024 * 1024,
          32 * 1024 * 1024,
          64,
          true,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<ClusterMessage> other = kit.createTestProbe();
  private final String otherEdge =
      ActorRefResolver.get(kit.system()).toSerializationFormat(other.ref());
  private final EdgeServer server = new EdgeServer(kit.system(), 1, LinkLimits.DEFAULT);
  private final PlayedHandler source = new PlayedHandler();
  private final TestPeer peer = server.connect(source, LONG);

  @AfterEach
  void stop() {
    peer.close();
    server.close();
    kit.shutdownTestKit();
  }

  @Test
  void noBatchIsLongerThanItsBoundHoweverLongAMessageIs() {
    byte[] head = "<head>".getBytes(UTF_8);
    byte[] tail = "<tail>".getBytes(UTF_8);
    source.onMessage =
        (it, payload) ->
            it.sendTo(
                it.target(new SocketAddress(otherEdge, 7)),
                Delivery.FRAME,
                3,
                head,
                payload,
                tail,
                4401);
    String text = "x".repeat(5 * 1024 * 1024);
    peer.send(text);

    var whole = new ByteArrayOutputStream();
    int kind = DeliveryCode.FIRST_PIECE;
    int awaited = Integer.MAX_VALUE;
    while (DeliveryCode.isPiece(kind)) {
      FrameBatch batch = other.expectMessageClass(FrameBatch.class);
      assertThat(batch.records().length).isLessThanOrEqualTo(LinkLimits.DEFAULT.batchBytes());
      var reader = new FrameBatchReader(batch.records());
      while (reader.next()) {
        kind = reader.kind();
        assertThat(reader.socket()).isEqualTo(7);
        assertThat(reader.epoch()).isEqualTo(3);
        whole.writeBytes(bytes(reader));
        if (DeliveryCode.isPiece(kind)) {
          assertThat(reader.closeCode()).isLessThan(awaited).isPositive();
          awaited = reader.closeCode();
        } else {
          assertThat(awaited).isOne();
          assertThat(reader.closeCode()).isEqualTo(4401);
        }
      }
    }
    assertThat(DeliveryCode.parse(kind)).isEqualTo(Delivery.FRAME);
    assertThat(whole.toString(UTF_8).equals("<head>" + text + "<tail>")).isTrue();
  }

  private static byte[] bytes(FrameBatchReader reader) {
    byte[] bytes = new byte[reader.payload().remaining()];
    reader.payload().get(bytes);
    return bytes;
  }
}
