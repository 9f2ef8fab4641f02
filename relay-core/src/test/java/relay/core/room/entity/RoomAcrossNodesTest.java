package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.START;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.room.RoomEvent;
import relay.core.room.SocketAddress;

/** A room on one node and its sockets on another. */
class RoomAcrossNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RoomStage stage = new RoomStage();
  private final ActorTestKit other = ActorTestKit.create("relay", RoomStage.CONFIG);
  private final Cluster cluster = Cluster.get(other.system());

  @AfterEach
  void stop() {
    other.shutdownTestKit();
    stage.kit.shutdownTestKit();
  }

  @Test
  void aNodeThatLeavesTakesItsSocketsWithIt() {
    cluster.manager().tell(new Join(Cluster.get(stage.kit.system()).selfMember().address()));
    TestProbe<EdgeCommand> edge = other.createTestProbe();
    SocketAddress socket =
        new SocketAddress(
            ActorRefResolver.get(other.system()).toSerializationFormat(edge.ref()), 1);
    edge.awaitAssert(
        PATIENCE, () -> assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up()));

    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(socket, "a"));
    assertThat(edge.expectMessageClass(RoomNotice.AgentGranted.class, PATIENCE).epoch())
        .isEqualTo(1);
    room.tell(RoomEntity.stopMessage());
    stage.shard.expectTerminated(room);

    ActorRef<RoomCommand> recovered = stage.room();
    EdgeCommand.AskLive question = edge.expectMessageClass(EdgeCommand.AskLive.class, PATIENCE);
    question.replyTo().tell(new RoomCommand.LiveSockets(socket.edge(), question.sockets()));
    assertThat(stage.describe(recovered).agent()).isNotNull();

    cluster.manager().tell(new Leave(cluster.selfMember().address()));
    stage.shard.awaitAssert(
        PATIENCE,
        () -> assertThat(stage.describe(recovered).graceUntil()).isEqualTo(START.plusSeconds(30)));
    recovered.tell(RoomEntity.stopMessage());
    stage.shard.expectTerminated(recovered);

    stage.shard.awaitAssert(
        PATIENCE,
        () -> assertThat(Cluster.get(stage.kit.system()).state().getMembers()).hasSize(1));
    stage.journal.clearAll();
    stage.past(new RoomEvent.AgentAttached(1, socket, "a", START));
    assertThat(stage.describe(stage.room()).agent()).isNull();
  }
}
