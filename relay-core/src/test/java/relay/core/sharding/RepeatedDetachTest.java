package relay.core.sharding;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;

/** A room that moves to another node when a socket ends hears of it all the same. */
class RepeatedDetachTest {
  private static final RoomKey ROOM = new RoomKey(Dialect.TERMONMAC, "room");
  private static final SocketAddress SOCKET = new SocketAddress("edge", 1);

  @AutoClose("shutdownTestKit")
  private final ActorTestKit kit = ActorTestKit.create();

  @Test
  void aDetachIsSaidTwiceAndNothingElseIs() {
    TestProbe<ShardingEnvelope<RoomCommand>> region = kit.createTestProbe();
    RelaySharding rooms = new RelaySharding(region.ref(), InstantSource.system());
    rooms.repeatDetaches(kit.system(), Duration.ofMillis(100));
    var detach = new RoomCommand.Detach(SOCKET, CloseCause.PEER_DROPPED, 0);
    var attach = new RoomCommand.AttachPhone(SOCKET, "phone");
    String room = EntityIds.of(ROOM);

    rooms.tell(ROOM, attach);
    rooms.tell(ROOM, detach);

    region.expectMessage(new ShardingEnvelope<>(room, attach));
    region.expectMessage(new ShardingEnvelope<>(room, detach));
    region.expectMessage(new ShardingEnvelope<>(room, detach));
    region.expectNoMessage(Duration.ofMillis(300));
  }
}
