package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketLimits;

/** A frame that its target cannot take, among frames for others, on one loop and between loops. */
@ExtendWith(LeakWatch.class)
class LinkFaultsTest {
  private static final byte[] NONE = {};
  private static final SocketLimits PATIENT = EdgeServer.patient(1024 * 1024, true);

  private final ActorTestKit kit = ActorTestKit.create();
  private final PlayedHandler source = new PlayedHandler();
  private final PlayedHandler broken = new PlayedHandler();
  private final PlayedHandler bystander = new PlayedHandler();
  private final PlayedHandler sound = new PlayedHandler();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** With two loops the source is on one of them, and both targets on the other. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void onlyTheTargetThatFailsIsClosed(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer from = server.connect(source, PATIENT);
        TestPeer toBroken = server.connect(broken, PATIENT);
        TestPeer _ = server.connect(bystander, PATIENT);
        TestPeer toSound = server.connect(sound, PATIENT)) {
      broken.onDelivery =
          (_, _) -> {
            throw new ScarceAllocator.Exhausted();
          };
      source.onMessage =
          (it, payload) -> {
            send(it, broken, payload);
            send(it, sound, payload);
          };
      from.send("one");
      assertThat(toBroken.next()).isEqualTo("close 1011 internal error");
      assertThat(toSound.next()).isEqualTo("one");
      from.send("two");
      assertThat(toSound.next()).isEqualTo("two");
      toBroken.send(PeerFrames.close(1011, ""));
      assertThat(toBroken.next()).isEqualTo("end");
      assertThat(server.meters.closed).containsOnlyKeys(CloseCause.INTERNAL_ERROR);
    }
  }

  private static void send(Socket from, PlayedHandler to, ByteBuffer payload) {
    from.sendTo(from.target(to.socket().address()), Delivery.FRAME, 1, NONE, payload, NONE, 0);
  }
}
