package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.ROOM;
import static relay.core.room.entity.RoomStage.START;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.Role;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;
import relay.core.room.Slot;
import relay.core.room.SocketAddress;

/** Whatever may cross nodes arrives as it was sent. */
class ClusterMessagesTest {
  private static final SocketAddress SOCKET = new SocketAddress("pekko://relay@a:1/user/edge#1", 7);
  private static RoomStage stage;

  @BeforeAll
  static void start() {
    stage = new RoomStage();
  }

  @AfterAll
  static void stop() {
    stage.kit.shutdownTestKit();
  }

  @Test
  void commandsArriveAsSent() {
    TestProbe<RoomDescription> descriptions = stage.kit.createTestProbe();
    TestProbe<RoomCommand.Forgotten> forgotten = stage.kit.createTestProbe();
    arrive(
        new RoomCommand.AttachAgent(SOCKET, "a"),
        new RoomCommand.AttachPhone(SOCKET, "p"),
        new RoomCommand.Detach(SOCKET, CloseCause.PEER_CLOSED, 1000),
        new RoomCommand.ProbeAnswered(SOCKET, 3),
        new RoomCommand.GraceElapsed(SOCKET),
        new RoomCommand.LiveSockets(SOCKET.edge(), List.of(1L, 1L << 40)),
        new RoomCommand.Describe(descriptions.ref()),
        new RoomCommand.Forget(forgotten.ref()),
        new RoomCommand.Forgotten(true),
        new RoomDescription(2, null, List.of(new RoomDescription.Slot(SOCKET, "p", START)), START));
  }

  @Test
  void noticesArriveAsSent() {
    RoomNotice.PhoneGranted granted = new RoomNotice.PhoneGranted(7, 2, SOCKET, 0);
    arrive(
        new RoomNotice.AgentGranted(7, 2, true),
        granted,
        new RoomNotice.PhoneGranted(7, 2, null, 500),
        new RoomNotice.Refused(7, Refusal.NO_AGENT),
        new RoomNotice.PhoneJoined(7, 2, "p", SOCKET, granted),
        new RoomNotice.PhoneLeft(7, 2, "p", true),
        new RoomNotice.AgentLeft(7, 2, 30_000),
        new RoomNotice.Close(7, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED),
        new RoomNotice.Probe(7, 1));
  }

  @Test
  void questionsToEdgesArriveAsSent() {
    TestProbe<RoomCommand> room = stage.kit.createTestProbe();
    TestProbe<EdgeCommand.SocketDescriptions> asker = stage.kit.createTestProbe();
    arrive(
        new EdgeCommand.AskLive(ROOM, List.of(1L), room.ref()),
        new EdgeCommand.DescribeSockets(List.of(1L), asker.ref()),
        new EdgeCommand.ListSockets(List.of(ROOM), asker.ref()),
        new EdgeCommand.SocketDescriptions(
            "a:1",
            List.of(new EdgeCommand.SocketDescription(1, ROOM, Role.AGENT, START, 1, 2, 3, 4))));
  }

  @Test
  void eventsAndSnapshotsAreStoredWithoutSealedFields() {
    Slot slot = new Slot(SOCKET, "a", START, 2);
    arrive(
        new RoomEvent.AgentAttached(1, SOCKET, "a", START),
        new RoomEvent.AgentDetached(SOCKET, "a", CloseCause.TAKEN_OVER, 1011, null, START),
        new RoomEvent.GraceExpired(1, START),
        new RoomEvent.PhoneAttached(1, SOCKET, "p", START),
        new RoomEvent.PhoneDetached(SOCKET, "p", CloseCause.RECLAIMED, 4404, START),
        new RoomEvent.RoomForgotten(START),
        new RoomSnapshot(2, slot, null, List.of(slot)),
        new RoomSnapshot(2, null, START, List.of()));
  }

  private static void arrive(Object... messages) {
    assertThat(Stream.of(messages))
        .allSatisfy(
            it ->
                assertThat(stage.kit.serializationTestKit().verifySerialization(it, true))
                    .isEqualTo(it));
  }
}
