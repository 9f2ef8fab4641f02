package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.NEVER;
import static relay.core.room.entity.RoomStage.START;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.room.CloseCause;
import relay.core.room.RoomEvent;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomStage.Edge;
import relay.core.room.entity.RoomStage.Pace;

/** How a room finds out which of its sockets still live (architecture 2.3). */
class RoomRecoveryTest {
  private static final String NO_MEMBER = "pekko://relay@127.0.0.1:9/user/edge#7";
  private static final Pace QUICK = new Pace(NEVER, NEVER, Duration.ofMillis(600), NEVER);

  @RegisterExtension static final RoomStage STAGE = new RoomStage();

  private static void givenAgentAndPhone(SocketAddress agent, SocketAddress phone) {
    STAGE.past(
        new RoomEvent.AgentAttached(1, agent, "a", START),
        new RoomEvent.PhoneAttached(1, phone, "p", START));
  }

  @Test
  void aRecoveredRoomDecidesNothingBeforeItsEdgesHaveAnswered() {
    Edge agents = STAGE.edge();
    Edge phones = STAGE.edge();
    givenAgentAndPhone(agents.socket(1), phones.socket(2));
    ActorRef<RoomCommand> room = STAGE.room();
    TestProbe<RoomDescription> asker = STAGE.kit.createTestProbe();
    room.tell(new RoomCommand.Describe(asker.ref()));

    assertThat(agents.expect(EdgeCommand.AskLive.class))
        .isEqualTo(new EdgeCommand.AskLive(RoomStage.ROOM, List.of(1L), room));
    assertThat(phones.expect(EdgeCommand.AskLive.class).sockets()).containsExactly(2L);
    room.tell(new RoomCommand.LiveSockets(agents.name(), List.of(1L)));
    asker.expectNoMessage();
    room.tell(new RoomCommand.LiveSockets(phones.name(), List.of()));

    RoomDescription known = asker.receiveMessage();
    assertThat(known.phones()).isEmpty();
    assertThat(known.agent()).isNotNull();
    assertThat(agents.expect(RoomNotice.PhoneLeft.class).connection()).isEqualTo("p");
  }

  @Test
  void anAgentThatDiedMeanwhileIsWaitedFor() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), edge.socket(2));
    STAGE.time.set(START.plusSeconds(100));
    ActorRef<RoomCommand> room = STAGE.room();

    assertThat(edge.expect(EdgeCommand.AskLive.class).sockets()).containsExactly(1L, 2L);
    room.tell(new RoomCommand.LiveSockets(edge.name(), List.of(2L)));

    assertThat(edge.expect(RoomNotice.AgentLeft.class).socket()).isEqualTo(2);
    assertThat(STAGE.describe(room).graceUntil()).isEqualTo(START.plusSeconds(130));
  }

  @Test
  void anEdgeWhoseNodeIsNoMemberIsLostAtOnce() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), new SocketAddress(NO_MEMBER, 2));
    ActorRef<RoomCommand> room = STAGE.room();

    assertThat(edge.expect(RoomNotice.PhoneLeft.class).connection()).isEqualTo("p");
    edge.expect(EdgeCommand.AskLive.class);
    room.tell(new RoomCommand.LiveSockets(edge.name(), List.of(1L)));

    assertThat(STAGE.describe(room).phones()).isEmpty();
  }

  @Test
  void anEdgeThatEndedIsLost() {
    Edge gone = STAGE.edge();
    gone.probe().stop();
    givenAgentAndPhone(gone.socket(1), gone.socket(2));

    RoomDescription known = STAGE.describe(STAGE.room());

    assertThat(known.agent()).isNull();
    assertThat(known.phones()).isEmpty();
    assertThat(known.epoch()).isEqualTo(1);
  }

  @Test
  void anEdgeThatEndsWhileItIsAskedIsLost() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), edge.socket(2));
    ActorRef<RoomCommand> room = STAGE.room();
    edge.expect(EdgeCommand.AskLive.class);

    edge.probe().stop();

    assertThat(STAGE.describe(room).phones()).isEmpty();
  }

  @Test
  void anEdgeThatDoesNotAnswerIsAskedAgainAndAtLastGivenUp() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), edge.socket(2));
    ActorRef<RoomCommand> room = STAGE.room(QUICK);
    TestProbe<RoomDescription> asker = STAGE.kit.createTestProbe();
    room.tell(new RoomCommand.Describe(asker.ref()));

    for (int i = 0; i < 30; i++) {
      edge.expect(EdgeCommand.AskLive.class);
    }
    assertThat(edge.expect(RoomNotice.Close.class).cause()).isEqualTo(CloseCause.NODE_LOST);
    assertThat(edge.expect(RoomNotice.Close.class).socket()).isEqualTo(2);
    assertThat(asker.receiveMessage().phones()).isEmpty();
    assertThat(STAGE.notes.taken).containsExactly("woke", "edgeSilent");
  }

  @Test
  void anAnswerThatComesLateDropsNobody() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), edge.socket(2));
    ActorRef<RoomCommand> room = STAGE.room();
    edge.expect(EdgeCommand.AskLive.class);
    room.tell(new RoomCommand.LiveSockets(edge.name(), List.of(1L, 2L)));
    room.tell(new RoomCommand.AttachPhone(edge.socket(3), "q"));
    edge.expect(RoomNotice.PhoneJoined.class);

    room.tell(new RoomCommand.LiveSockets(edge.name(), List.of(1L, 2L)));

    assertThat(STAGE.describe(room).phones()).hasSize(2);
  }

  @Test
  void commandsThatWaitedAreAnsweredInOrder() {
    Edge edge = STAGE.edge();
    givenAgentAndPhone(edge.socket(1), edge.socket(2));
    ActorRef<RoomCommand> room = STAGE.room();
    edge.expect(EdgeCommand.AskLive.class);
    room.tell(new RoomCommand.Detach(edge.socket(2), CloseCause.PEER_CLOSED, 1000));
    room.tell(new RoomCommand.AttachPhone(edge.socket(3), "q"));
    room.tell(new RoomCommand.LiveSockets(edge.name(), List.of(1L, 2L)));

    assertThat(edge.expect(RoomNotice.PhoneLeft.class).connection()).isEqualTo("p");
    assertThat(edge.expect(RoomNotice.PhoneJoined.class).connection()).isEqualTo("q");
  }
}
