package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.NEVER;
import static relay.core.room.entity.RoomStage.SOON;
import static relay.core.room.entity.RoomStage.START;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.RoomEvent;
import relay.core.room.entity.RoomStage.Edge;
import relay.core.room.entity.RoomStage.Pace;

/** What a room writes, says, and when it leaves memory. */
class RoomEntityTest {
  private static RoomStage stage;

  @BeforeAll
  static void start() {
    stage = new RoomStage();
  }

  @AfterAll
  static void stop() {
    stage.kit.shutdownTestKit();
  }

  @BeforeEach
  void reset() {
    stage.reset();
  }

  @Test
  void anAttachmentIsWrittenWhenItIsTold() {
    Edge edge = stage.edge();
    stage.room().tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));

    assertThat(edge.expect(RoomNotice.AgentGranted.class))
        .isEqualTo(new RoomNotice.AgentGranted(1, 1, false));
    assertThat(stage.written())
        .containsExactly(new RoomEvent.AgentAttached(1, edge.socket(1), "a", START));
  }

  @Test
  void anAttachmentThatCouldNotBeWrittenIsNotToldAndMayBeAskedAgain() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    stage.journal.failNextPersisted();

    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.probe().expectNoMessage();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));

    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
    assertThat(stage.written()).hasSize(1);
    assertThat(stage.notes.taken).containsExactly("woke", "woke");
  }

  @Test
  void aPhoneIsIntroducedToTheAgentsEdge() {
    Edge agents = stage.edge();
    Edge phones = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(agents.socket(1), "a"));
    room.tell(new RoomCommand.AttachPhone(phones.socket(2), "p"));

    agents.expect(RoomNotice.AgentGranted.class);
    assertThat(agents.expect(RoomNotice.PhoneJoined.class))
        .isEqualTo(
            new RoomNotice.PhoneJoined(
                1,
                1,
                "p",
                phones.socket(2),
                new RoomNotice.PhoneGranted(2, 1, agents.socket(1), 0)));
    phones.probe().expectNoMessage();
  }

  @Test
  void aDetachmentCountsAtOnceAndSharesTheNextWrite() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_CLOSED, 1001));

    assertThat(stage.describe(room).graceUntil()).isEqualTo(START.plusSeconds(30));
    assertThat(stage.written()).hasSize(1);

    room.tell(new RoomCommand.AttachAgent(edge.socket(2), "b"));
    edge.expect(RoomNotice.AgentGranted.class);
    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(2);
    assertThat(stage.written())
        .containsExactly(
            new RoomEvent.AgentAttached(1, edge.socket(1), "a", START),
            new RoomEvent.AgentDetached(
                edge.socket(1), "a", CloseCause.PEER_CLOSED, 1001, START.plusSeconds(30), START),
            new RoomEvent.AgentAttached(2, edge.socket(2), "b", START));
  }

  @Test
  void aDetachmentIsWrittenAfterAWhileWithoutAnotherEvent() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room(new Pace(SOON, NEVER, NEVER, NEVER));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_DROPPED, 0));

    stage.journal.expectNextPersistedClass(stage.id().id(), RoomEvent.AgentAttached.class);
    stage.journal.expectNextPersistedClass(stage.id().id(), RoomEvent.AgentDetached.class);
  }

  @Test
  void whatIsNotWrittenIsWrittenBeforeTheRoomEnds() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_DROPPED, 0));
    room.tell(RoomEntity.stopMessage());

    stage.shard.expectTerminated(room);
    assertThat(stage.written()).hasSize(2);
  }

  @Test
  void aRoomWithoutCommandsLeavesMemoryWhileItsSocketsStay() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room(new Pace(NEVER, NEVER, NEVER, SOON));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);

    assertThat(stage.shard.receiveMessage()).isEqualTo(new ClusterSharding.Passivate<>(room));
    edge.probe().expectNoMessage();
  }

  @Test
  void aRoomWithAProbeUnderWayStays() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room(new Pace(NEVER, NEVER, NEVER, Duration.ofMillis(400)));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.AttachAgent(edge.socket(2), "b"));
    edge.expect(RoomNotice.AgentGranted.class);
    edge.expect(RoomNotice.Probe.class);
    stage.shard.expectNoMessage(Duration.ofSeconds(1));

    room.tell(new RoomCommand.ProbeAnswered(edge.socket(1), 1));
    edge.expect(RoomNotice.Refused.class);
    stage.shard.expectMessage(new ClusterSharding.Passivate<>(room));
  }

  @Test
  void anIncumbentThatDoesNotAnswerIsTakenOver() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room(new Pace(NEVER, SOON, NEVER, NEVER));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.AttachAgent(edge.socket(2), "b"));

    edge.expect(RoomNotice.AgentGranted.class);
    assertThat(edge.expect(RoomNotice.Probe.class).socket()).isEqualTo(1);
    assertThat(edge.expect(RoomNotice.Close.class))
        .isEqualTo(new RoomNotice.Close(1, 1011, "heartbeat timeout", CloseCause.TAKEN_OVER));
    assertThat(edge.expect(RoomNotice.AgentGranted.class))
        .isEqualTo(new RoomNotice.AgentGranted(2, 2, true));
  }

  @Test
  void theEndOfAnEdgeIsTheEndOfItsSockets() {
    Edge agents = stage.edge();
    Edge phones = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(agents.socket(1), "a"));
    room.tell(new RoomCommand.AttachPhone(phones.socket(2), "p"));
    agents.expect(RoomNotice.AgentGranted.class);
    agents.expect(RoomNotice.PhoneJoined.class);

    agents.probe().stop();

    assertThat(phones.expect(RoomNotice.AgentLeft.class))
        .isEqualTo(new RoomNotice.AgentLeft(2, 1, 30_000, CloseCause.NODE_LOST));
    assertThat(stage.describe(room).agent()).isNull();
    assertThat(stage.describe(room).phones()).hasSize(1);
  }

  @Test
  void aGraceThatIsOverIsNoticed() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.AttachPhone(edge.socket(2), "p"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_CLOSED, 1000));
    edge.expect(RoomNotice.AgentGranted.class);
    edge.expect(RoomNotice.PhoneJoined.class);
    edge.expect(RoomNotice.AgentLeft.class);

    stage.time.set(START.plusSeconds(30));
    room.tell(new RoomCommand.GraceElapsed(edge.socket(2)));

    assertThat(edge.expect(RoomNotice.Close.class))
        .isEqualTo(new RoomNotice.Close(2, 1000, "", CloseCause.GRACE_EXPIRED));
    assertThat(stage.notes.taken).containsExactly("woke", "graceExpired");
  }

  @Test
  void aForgottenRoomKeepsNothing() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    TestProbe<RoomCommand.Forgotten> asker = stage.kit.createTestProbe();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);

    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(true));
    assertThat(edge.expect(RoomNotice.Close.class).code()).isEqualTo(1001);
    asker.awaitAssert(() -> assertThat(stage.written()).hasSize(0));

    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(false));
  }

  @Test
  void aRoomBeginsAnewAfterItWasForgotten() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    TestProbe<RoomCommand.Forgotten> asker = stage.kit.createTestProbe();
    for (int i = 1; i <= 60; i++) {
      room.tell(new RoomCommand.AttachAgent(edge.socket(i), "a"));
      room.tell(new RoomCommand.Detach(edge.socket(i), CloseCause.PEER_CLOSED, 1000));
      edge.expect(RoomNotice.AgentGranted.class);
    }
    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(true));
    asker.awaitAssert(() -> assertThat(stage.written()).hasSize(0));
    room.tell(RoomEntity.stopMessage());
    stage.shard.expectTerminated(room);

    ActorRef<RoomCommand> next = stage.room();
    assertThat(stage.describe(next).epoch()).as("its snapshot is gone, too").isZero();
    next.tell(new RoomCommand.AttachAgent(edge.socket(61), "a"));
    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void howLongAWriteTookIsObserved() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);
    assertThat(stage.notes.writes).containsExactly(Duration.ZERO);
    Duration slow = Duration.ofMillis(70);
    stage.journal.withPolicy(
        (_, operation) -> {
          if (operation instanceof WriteEvents) {
            stage.time.updateAndGet(now -> now.plus(slow));
          }
          return ProcessingSuccess.getInstance();
        });

    room.tell(new RoomCommand.AttachPhone(edge.socket(2), "p"));
    edge.expect(RoomNotice.PhoneJoined.class);
    assertThat(stage.describe(room).phones()).hasSize(1);

    assertThat(stage.notes.writes)
        .as("none for a description")
        .containsExactly(Duration.ZERO, slow);
  }

  @Test
  void aLongHistoryIsCutToTheLatestTwoHundredEvents() {
    Edge edge = stage.edge();
    ActorRef<RoomCommand> room = stage.room();
    for (int i = 1; i <= 300; i++) {
      room.tell(new RoomCommand.AttachAgent(edge.socket(i), "a"));
      room.tell(new RoomCommand.Detach(edge.socket(i), CloseCause.PEER_CLOSED, 1000));
      edge.expect(RoomNotice.AgentGranted.class);
    }

    edge.probe()
        .awaitAssert(
            () -> {
              assertThat(stage.written()).hasSizeBetween(200, 320);
              return null;
            });
    room.tell(RoomEntity.stopMessage());
    stage.shard.expectTerminated(room);
    assertThat(stage.describe(stage.room()).epoch()).isEqualTo(300);
  }
}
