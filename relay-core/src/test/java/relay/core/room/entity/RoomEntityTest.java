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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.room.CloseCause;
import relay.core.room.RoomEvent;
import relay.core.room.entity.RoomStage.Edge;
import relay.core.room.entity.RoomStage.Pace;

/** What a room writes, says, and when it leaves memory. */
class RoomEntityTest {
  @RegisterExtension static final RoomStage STAGE = new RoomStage();

  @Test
  void anAttachmentIsWrittenWhenItIsTold() {
    Edge edge = STAGE.edge();
    STAGE.room().tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));

    assertThat(edge.expect(RoomNotice.AgentGranted.class))
        .isEqualTo(new RoomNotice.AgentGranted(1, 1, false));
    assertThat(STAGE.written())
        .containsExactly(new RoomEvent.AgentAttached(1, edge.socket(1), "a", START));
  }

  @Test
  void anAttachmentThatCouldNotBeWrittenIsNotToldAndMayBeAskedAgain() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    STAGE.journal.failNextPersisted(STAGE.id().id());

    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.probe().expectNoMessage();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));

    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
    assertThat(STAGE.written()).hasSize(1);
    assertThat(STAGE.notes.taken).containsExactly("woke", "woke");
  }

  @Test
  void aPhoneIsIntroducedToTheAgentsEdge() {
    Edge agents = STAGE.edge();
    Edge phones = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
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
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_CLOSED, 1001));

    assertThat(STAGE.describe(room).graceUntil()).isEqualTo(START.plusSeconds(30));
    assertThat(STAGE.written()).hasSize(1);

    room.tell(new RoomCommand.AttachAgent(edge.socket(2), "b"));
    edge.expect(RoomNotice.AgentGranted.class);
    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(2);
    assertThat(STAGE.written())
        .containsExactly(
            new RoomEvent.AgentAttached(1, edge.socket(1), "a", START),
            new RoomEvent.AgentDetached(
                edge.socket(1), "a", CloseCause.PEER_CLOSED, 1001, START.plusSeconds(30), START),
            new RoomEvent.AgentAttached(2, edge.socket(2), "b", START));
  }

  @Test
  void aDetachmentIsWrittenAfterAWhileWithoutAnotherEvent() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room(new Pace(SOON, NEVER, NEVER, NEVER));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_DROPPED, 0));

    STAGE.journal.expectNextPersistedClass(STAGE.id().id(), RoomEvent.AgentAttached.class);
    STAGE.journal.expectNextPersistedClass(STAGE.id().id(), RoomEvent.AgentDetached.class);
  }

  @Test
  void whatIsNotWrittenIsWrittenBeforeTheRoomEnds() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_DROPPED, 0));
    room.tell(RoomEntity.stopMessage());

    STAGE.shard.expectTerminated(room);
    assertThat(STAGE.written()).hasSize(2);
  }

  @Test
  void aRoomWithoutCommandsLeavesMemoryWhileItsSocketsStay() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room(new Pace(NEVER, NEVER, NEVER, SOON));
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);

    assertThat(STAGE.shard.receiveMessage()).isEqualTo(new ClusterSharding.Passivate<>(room));
    edge.probe().expectNoMessage();
  }

  @Test
  void aRoomWithAProbeUnderWayStays() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.AttachAgent(edge.socket(2), "b"));
    edge.expect(RoomNotice.AgentGranted.class);
    edge.expect(RoomNotice.Probe.class);
    room.tell(new RoomSignal.Idle());
    assertThat(STAGE.describe(room).agent()).isNotNull();
    STAGE.shard.expectNoMessage();

    room.tell(new RoomCommand.ProbeAnswered(edge.socket(1), 1));
    edge.expect(RoomNotice.Refused.class);
    room.tell(new RoomSignal.Idle());
    STAGE.shard.expectMessage(new ClusterSharding.Passivate<>(room));
  }

  @Test
  void anIncumbentThatDoesNotAnswerIsTakenOver() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room(new Pace(NEVER, SOON, NEVER, NEVER));
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
    Edge agents = STAGE.edge();
    Edge phones = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(agents.socket(1), "a"));
    room.tell(new RoomCommand.AttachPhone(phones.socket(2), "p"));
    agents.expect(RoomNotice.AgentGranted.class);
    agents.expect(RoomNotice.PhoneJoined.class);

    agents.probe().stop();

    assertThat(phones.expect(RoomNotice.AgentLeft.class))
        .isEqualTo(new RoomNotice.AgentLeft(2, 1, 30_000, CloseCause.NODE_LOST));
    assertThat(STAGE.describe(room).agent()).isNull();
    assertThat(STAGE.describe(room).phones()).hasSize(1);
  }

  @Test
  void aGraceThatIsOverIsNoticed() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    room.tell(new RoomCommand.AttachPhone(edge.socket(2), "p"));
    room.tell(new RoomCommand.Detach(edge.socket(1), CloseCause.PEER_CLOSED, 1000));
    edge.expect(RoomNotice.AgentGranted.class);
    edge.expect(RoomNotice.PhoneJoined.class);
    edge.expect(RoomNotice.AgentLeft.class);

    STAGE.time.set(START.plusSeconds(30));
    room.tell(new RoomCommand.GraceElapsed(edge.socket(2)));

    assertThat(edge.expect(RoomNotice.Close.class))
        .isEqualTo(new RoomNotice.Close(2, 1000, "", CloseCause.GRACE_EXPIRED));
    assertThat(STAGE.notes.taken).containsExactly("woke", "graceExpired");
  }

  @Test
  void aForgottenRoomKeepsNothing() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    TestProbe<RoomCommand.Forgotten> asker = STAGE.kit.createTestProbe();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);

    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(true));
    assertThat(edge.expect(RoomNotice.Close.class).code()).isEqualTo(1001);
    asker.awaitAssert(() -> assertThat(STAGE.written()).hasSize(0));

    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(false));
  }

  @Test
  void aRoomBeginsAnewAfterItWasForgotten() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    TestProbe<RoomCommand.Forgotten> asker = STAGE.kit.createTestProbe();
    for (int i = 1; i <= 60; i++) {
      room.tell(new RoomCommand.AttachAgent(edge.socket(i), "a"));
      room.tell(new RoomCommand.Detach(edge.socket(i), CloseCause.PEER_CLOSED, 1000));
      edge.expect(RoomNotice.AgentGranted.class);
    }
    room.tell(new RoomCommand.Forget(asker.ref()));
    asker.expectMessage(new RoomCommand.Forgotten(true));
    asker.awaitAssert(() -> assertThat(STAGE.written()).hasSize(0));
    room.tell(RoomEntity.stopMessage());
    STAGE.shard.expectTerminated(room);

    ActorRef<RoomCommand> next = STAGE.room();
    assertThat(STAGE.describe(next).epoch()).as("its snapshot is gone, too").isZero();
    next.tell(new RoomCommand.AttachAgent(edge.socket(61), "a"));
    assertThat(edge.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
    assertThat(STAGE.written()).hasSize(1);
  }

  @Test
  void howLongAWriteTookIsObserved() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    room.tell(new RoomCommand.AttachAgent(edge.socket(1), "a"));
    edge.expect(RoomNotice.AgentGranted.class);
    assertThat(STAGE.notes.writes).containsExactly(Duration.ZERO);
    Duration slow = Duration.ofMillis(70);
    STAGE.journal.withPolicy(
        (_, operation) -> {
          if (operation instanceof WriteEvents) {
            STAGE.time.updateAndGet(now -> now.plus(slow));
          }
          return ProcessingSuccess.getInstance();
        });

    room.tell(new RoomCommand.AttachPhone(edge.socket(2), "p"));
    edge.expect(RoomNotice.PhoneJoined.class);
    assertThat(STAGE.describe(room).phones()).hasSize(1);

    assertThat(STAGE.notes.writes)
        .as("none for a description")
        .containsExactly(Duration.ZERO, slow);
  }

  @Test
  void aLongHistoryIsCutToTheLatestTwoHundredEvents() {
    Edge edge = STAGE.edge();
    ActorRef<RoomCommand> room = STAGE.room();
    for (int i = 1; i <= 300; i++) {
      room.tell(new RoomCommand.AttachAgent(edge.socket(i), "a"));
      room.tell(new RoomCommand.Detach(edge.socket(i), CloseCause.PEER_CLOSED, 1000));
      edge.expect(RoomNotice.AgentGranted.class);
    }

    edge.probe()
        .awaitAssert(
            () -> {
              assertThat(STAGE.written()).hasSizeBetween(200, 320);
              return null;
            });
    room.tell(RoomEntity.stopMessage());
    STAGE.shard.expectTerminated(room);
    assertThat(STAGE.describe(STAGE.room()).epoch()).isEqualTo(300);
  }
}
