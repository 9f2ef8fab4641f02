package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.ROOM;
import static relay.core.room.entity.RoomStage.START;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.Pairing;
import relay.core.room.PairingOffer;
import relay.core.room.Refusal;
import relay.core.room.Registered;
import relay.core.room.Registration;
import relay.core.room.RegistrationEvent;
import relay.core.room.Rejections;
import relay.core.room.ReleaseAnswer;
import relay.core.room.Role;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;
import relay.core.room.SecretHash;
import relay.core.room.Slot;
import relay.core.room.SocketAddress;

/** Whatever may cross nodes arrives as it was sent. */
class ClusterMessagesTest {
  private static final SocketAddress SOCKET = new SocketAddress("pekko://relay@a:1/user/edge#1", 7);
  private static final AccountId OWNER = new AccountId("0123456789abcdef0123456789abcdef");
  private static final SecretHash SECRET = SecretHash.ofSent("secret");
  private static final Keys KEYS = new Keys("public", "nonce", "");
  private static final Registration REGISTRATION =
      new Registration(OWNER, SECRET, KEYS, new PairingOffer(SECRET, 1_776_000_300));
  @RegisterExtension static final RoomStage STAGE = new RoomStage();

  @Test
  void commandsArriveAsSent() {
    TestProbe<RoomDescription> descriptions = STAGE.kit.createTestProbe();
    TestProbe<RoomCommand.Forgotten> forgotten = STAGE.kit.createTestProbe();
    TestProbe<RoomCommand.Released> released = STAGE.kit.createTestProbe();
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
        new RoomCommand.AttachAgent(SOCKET, "a", REGISTRATION, 4),
        new RoomCommand.AttachAgent(SOCKET, "a", new Registration(OWNER, SECRET, KEYS, null), 0),
        new RoomCommand.AttachPhone(SOCKET, "p", new JoinRequest(OWNER, KEYS, SECRET, SECRET), 4),
        new RoomCommand.AttachPhone(SOCKET, "p", new JoinRequest(OWNER, KEYS, null, null), 0),
        new RoomCommand.Release(OWNER, released.ref()),
        new RoomCommand.Disown(OWNER, released.ref()),
        new RoomCommand.Released(ReleaseAnswer.IN_USE),
        new RoomDescription(2, null, List.of(), null, OWNER, START),
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
        new RoomNotice.PhoneLeft(7, 2, "p", true, CloseCause.PEER_DROPPED),
        new RoomNotice.AgentLeft(7, 2, 30_000, CloseCause.PEER_CLOSED),
        new RoomNotice.AgentLeft(7, 2, 0, null),
        new RoomNotice.PhoneGranted(7, 2, SOCKET, 0, KEYS),
        new RoomNotice.PhoneJoined(7, 2, "p", SOCKET, granted, KEYS),
        new RoomNotice.Refused(7, Refusal.ACCOUNT_MISMATCH, OWNER),
        new RoomNotice.Close(7, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED),
        new RoomNotice.Probe(7, 1));
  }

  @Test
  void questionsToEdgesArriveAsSent() {
    TestProbe<RoomCommand> room = STAGE.kit.createTestProbe();
    TestProbe<EdgeCommand.SocketDescriptions> asker = STAGE.kit.createTestProbe();
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
        new RoomEvent.AgentAttached(1, SOCKET, "a", KEYS, START),
        new RoomEvent.PhoneAttached(2, SOCKET, "p", KEYS, START),
        new RegistrationEvent.RoomRegistered(OWNER, SECRET, "public", START),
        new RegistrationEvent.SecretRotated(SECRET, START),
        new RegistrationEvent.AgentKeyReplaced("public", START),
        new RegistrationEvent.PairingOffered(SECRET, 1_776_000_300, START),
        new RegistrationEvent.PairingWithdrawn(START),
        new RegistrationEvent.PairingUsed(START),
        new RoomSnapshot(2, slot, null, List.of(slot)),
        new RoomSnapshot(2, null, START, List.of()),
        new RoomSnapshot(
            2,
            new Slot(SOCKET, "a", START, 2, KEYS),
            null,
            List.of(),
            new Registered(
                OWNER,
                SECRET,
                "public",
                new Pairing(SECRET, 1_776_000_300, true),
                Rejections.NONE,
                START)));
  }

  private static void arrive(Object... messages) {
    assertThat(Stream.of(messages))
        .allSatisfy(
            it ->
                assertThat(STAGE.kit.serializationTestKit().verifySerialization(it, true))
                    .isEqualTo(it));
  }
}
