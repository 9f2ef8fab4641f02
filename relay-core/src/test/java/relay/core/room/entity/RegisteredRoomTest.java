package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.OwnedRoom.MAC;
import static relay.core.room.entity.OwnedRoom.OWNER;
import static relay.core.room.entity.OwnedRoom.PHONE;
import static relay.core.room.entity.OwnedRoom.SECRET;
import static relay.core.room.entity.OwnedRoom.STRANGER;
import static relay.core.room.entity.OwnedRoom.TOKEN;
import static relay.core.room.entity.OwnedRoom.joins;
import static relay.core.room.entity.OwnedRoom.registers;
import static relay.core.room.entity.RoomStage.START;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.Refusal;
import relay.core.room.Registration;
import relay.core.room.RegistrationEvent;
import relay.core.room.RoomEvent;
import relay.core.room.SecretHash;
import relay.core.room.entity.RoomStage.Edge;

/** What a room with an owner writes and says, and what it still knows after a restart. */
class RegisteredRoomTest {
  @RegisterExtension static final RoomStage STAGE = new RoomStage();

  private OwnedRoom owned;
  private Edge macs;
  private Edge phones;

  @BeforeEach
  void edges() {
    owned = new OwnedRoom(STAGE);
    macs = owned.macs();
    phones = owned.phones();
  }

  /** The same room on another node, which was told that these sockets live. */
  private ActorRef<RoomCommand> recovered(
      ActorRef<RoomCommand> room, List<Long> macsLive, List<Long> phonesLive) {
    room.tell(RoomEntity.stopMessage());
    STAGE.shard.expectTerminated(room);
    ActorRef<RoomCommand> next = STAGE.macRoom();
    macs.expect(EdgeCommand.AskLive.class);
    phones.expect(EdgeCommand.AskLive.class);
    next.tell(new RoomCommand.LiveSockets(macs.name(), macsLive));
    next.tell(new RoomCommand.LiveSockets(phones.name(), phonesLive));
    return next;
  }

  @Test
  void aRegistrationIsWrittenWhenItIsTold() {
    STAGE.macRoom().tell(registers(macs.socket(1), null));

    assertThat(macs.expect(RoomNotice.AgentGranted.class))
        .isEqualTo(new RoomNotice.AgentGranted(1, 1, false));
    assertThat(owned.written())
        .containsExactly(
            new RegistrationEvent.RoomRegistered(OWNER, SECRET, "mac", START),
            new RoomEvent.AgentAttached(1, macs.socket(1), "mac-1", MAC, START));
  }

  @Test
  void theTwoAreIntroducedByWayOfTheMacsEdge() {
    ActorRef<RoomCommand> room = STAGE.macRoom();
    room.tell(registers(macs.socket(1), null));
    room.tell(joins(phones.socket(2), SECRET, null));

    macs.expect(RoomNotice.AgentGranted.class);
    assertThat(macs.expect(RoomNotice.PhoneJoined.class))
        .isEqualTo(
            new RoomNotice.PhoneJoined(
                1,
                2,
                "phone-2",
                phones.socket(2),
                new RoomNotice.PhoneGranted(2, 2, macs.socket(1), 0, MAC),
                PHONE));
    phones.probe().expectNoMessage();
  }

  @Test
  void aRefusalIsToldAndNothingIsWritten() {
    ActorRef<RoomCommand> room = owned.withBoth();
    int before = owned.written().size();
    room.tell(
        new RoomCommand.AttachPhone(
            phones.socket(4), "c", new JoinRequest(STRANGER, PHONE, SECRET, null), 0));
    room.tell(
        new RoomCommand.AttachAgent(
            macs.socket(3), "c", new Registration(STRANGER, SECRET, MAC, null), 0));

    assertThat(phones.expect(RoomNotice.Refused.class))
        .isEqualTo(new RoomNotice.Refused(4, Refusal.ACCOUNT_MISMATCH, OWNER));
    assertThat(macs.expect(RoomNotice.Refused.class))
        .isEqualTo(new RoomNotice.Refused(3, Refusal.ACCOUNT_MISMATCH, null));
    assertThat(owned.written()).hasSize(before);
    assertThat(STAGE.notes.taken)
        .containsExactly("woke", "refused ACCOUNT_MISMATCH", "refused ACCOUNT_MISMATCH");
  }

  @Test
  void aReplacedSocketLosesItsSlotInTheWriteThatGivesItAway() {
    ActorRef<RoomCommand> room = owned.withBoth();
    List<List<Object>> writes = new ArrayList<>();
    STAGE.journal.withPolicy(
        (_, operation) -> {
          if (operation instanceof WriteEvents events) {
            writes.add(List.copyOf(events.getBatch()));
          }
          return ProcessingSuccess.getInstance();
        });
    room.tell(registers(macs.socket(3), null));
    assertThat(macs.expect(RoomNotice.Close.class).code()).isEqualTo(4001);
    macs.expect(RoomNotice.AgentGranted.class);

    assertThat(writes).hasSize(1);
    assertThat(writes.getFirst())
        .hasExactlyElementsOfTypes(RoomEvent.AgentDetached.class, RoomEvent.AgentAttached.class);
  }

  @Test
  void aTokenWhoseUseCouldNotBeWrittenIsNotUsed() {
    ActorRef<RoomCommand> room = STAGE.macRoom();
    room.tell(registers(macs.socket(1), TOKEN));
    macs.expect(RoomNotice.AgentGranted.class);
    STAGE.journal.failNextPersisted(STAGE.macRoomId().id());

    room.tell(joins(phones.socket(2), null, TOKEN));
    macs.expect(EdgeCommand.AskLive.class);
    room.tell(new RoomCommand.LiveSockets(macs.name(), List.of(1L)));
    room.tell(joins(phones.socket(4), null, TOKEN));

    assertThat(macs.expect(RoomNotice.PhoneJoined.class).connection()).isEqualTo("phone-4");
    phones.probe().expectNoMessage();
  }

  @Test
  void aRestartForgetsNeitherOwnerNorSecretNorThatATokenIsUsed() {
    ActorRef<RoomCommand> room = recovered(owned.withBoth(), List.of(), List.of());
    phones.expect(RoomNotice.AgentLeft.class);

    room.tell(joins(phones.socket(4), null, TOKEN));
    assertThat(phones.expect(RoomNotice.Refused.class).why()).isEqualTo(Refusal.TOKEN_USED);
    room.tell(
        new RoomCommand.AttachAgent(
            macs.socket(3),
            "c",
            new Registration(OWNER, SecretHash.ofSent("x"), new Keys("x", "", ""), null),
            0));
    assertThat(macs.expect(RoomNotice.Refused.class).why()).isEqualTo(Refusal.SECRET_MISMATCH);
    room.tell(registers(macs.socket(5), TOKEN));
    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(3);
    room.tell(joins(phones.socket(6), null, TOKEN));
    assertThat(phones.expect(RoomNotice.Refused.class).why()).isEqualTo(Refusal.TOKEN_USED);
  }

  @Test
  void aPhonesKeysOutliveARestartAsLongAsItsSocketDoes() {
    ActorRef<RoomCommand> room = recovered(owned.withBoth(), List.of(), List.of(2L));
    assertThat(phones.expect(RoomNotice.AgentLeft.class))
        .isEqualTo(new RoomNotice.AgentLeft(2, 2, 0, CloseCause.NODE_LOST));

    room.tell(registers(macs.socket(3), null));

    macs.expect(RoomNotice.AgentGranted.class);
    assertThat(macs.expect(RoomNotice.PhoneJoined.class))
        .isEqualTo(
            new RoomNotice.PhoneJoined(
                3,
                3,
                "phone-2",
                phones.socket(2),
                new RoomNotice.PhoneGranted(2, 3, macs.socket(3), 0, MAC),
                PHONE));
  }

  @Test
  void socketsThatAskAgainAfterARestartAreAnsweredAsBefore() {
    ActorRef<RoomCommand> room = recovered(owned.withBoth(), List.of(1L), List.of(2L));

    room.tell(joins(phones.socket(2), null, TOKEN));
    room.tell(registers(macs.socket(1), TOKEN));

    assertThat(macs.expect(RoomNotice.PhoneJoined.class).then())
        .isEqualTo(new RoomNotice.PhoneGranted(2, 2, macs.socket(1), 0, MAC));
    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(2);
  }

  @Test
  void aLongLifeIsRecoveredFromItsSnapshot() {
    ActorRef<RoomCommand> room = owned.withBoth();
    for (int i = 0; i < 150; i++) {
      SecretHash secret = SecretHash.ofSent("s" + (i + 1));
      Keys keys = new Keys("mac", "mac-nonce", "");
      room.tell(
          new RoomCommand.AttachAgent(
              macs.socket(1), "mac-1", new Registration(OWNER, secret, keys, null), 2));
      macs.expect(RoomNotice.AgentGranted.class);
    }
    room = recovered(room, List.of(1L), List.of(2L));

    room.tell(joins(phones.socket(4), null, TOKEN));
    assertThat(phones.expect(RoomNotice.Refused.class).why()).isEqualTo(Refusal.TOKEN_USED);
    room.tell(joins(phones.socket(6), SecretHash.ofSent("s150"), null));
    assertThat(phones.expect(RoomNotice.Close.class).socket()).isEqualTo(2);
    assertThat(macs.expect(RoomNotice.PhoneJoined.class).then())
        .isEqualTo(new RoomNotice.PhoneGranted(6, 3, macs.socket(1), 0, MAC));
  }

  @Test
  void operatorsAndOwnersLearnWhoseTheRoomIs() {
    RoomDescription known = STAGE.describe(owned.withBoth());

    assertThat(known.owner()).isEqualTo(OWNER);
    assertThat(known.lastSeen()).isEqualTo(START);
    assertThat(known.toString()).doesNotContain("ephemeral", "nonce", "sha256");
  }
}
