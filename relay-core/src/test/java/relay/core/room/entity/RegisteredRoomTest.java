package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.RoomStage.START;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.PairingOffer;
import relay.core.room.Refusal;
import relay.core.room.Registration;
import relay.core.room.RegistrationEvent;
import relay.core.room.ReleaseAnswer;
import relay.core.room.RoomEvent;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomStage.Edge;

/** What a room with an owner writes and says, and what it still knows after a restart. */
class RegisteredRoomTest {
  private static final AccountId OWNER = new AccountId("0".repeat(32));
  private static final AccountId STRANGER = new AccountId("f".repeat(32));
  private static final SecretHash SECRET = SecretHash.ofSent("s0");
  private static final SecretHash TOKEN = SecretHash.ofSent("t0");
  private static final Keys MAC = new Keys("mac", "mac-nonce", "mac-ephemeral");
  private static final Keys PHONE = new Keys("phone", "phone-nonce", "phone-ephemeral");

  @RegisterExtension static final RoomStage STAGE = new RoomStage();

  private Edge macs;
  private Edge phones;

  @BeforeEach
  void edges() {
    macs = STAGE.edge();
    phones = STAGE.edge();
  }

  private static RoomCommand registers(SocketAddress socket, @Nullable SecretHash token) {
    PairingOffer offer =
        token == null ? null : new PairingOffer(token, START.getEpochSecond() + 300);
    return new RoomCommand.AttachAgent(
        socket, "mac-" + socket.number(), new Registration(OWNER, SECRET, MAC, offer), 0);
  }

  private static RoomCommand joins(
      SocketAddress socket, @Nullable SecretHash secret, @Nullable SecretHash token) {
    return new RoomCommand.AttachPhone(
        socket, "phone-" + socket.number(), new JoinRequest(OWNER, PHONE, secret, token), 0);
  }

  private ActorRef<RoomCommand> roomWithBoth() {
    ActorRef<RoomCommand> room = STAGE.macRoom();
    room.tell(registers(macs.socket(1), TOKEN));
    room.tell(joins(phones.socket(2), null, TOKEN));
    macs.expect(RoomNotice.AgentGranted.class);
    macs.expect(RoomNotice.PhoneJoined.class);
    return room;
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

  private static List<Object> written() {
    return STAGE.journal.persistedInStorage(STAGE.macRoomId().id());
  }

  private static ReleaseAnswer disown(ActorRef<RoomCommand> room, AccountId owner) {
    TestProbe<RoomCommand.Released> asker = STAGE.kit.createTestProbe();
    room.tell(new RoomCommand.Disown(owner, asker.ref()));
    return asker.receiveMessage().answer();
  }

  private static ReleaseAnswer release(ActorRef<RoomCommand> room, AccountId owner) {
    TestProbe<RoomCommand.Released> asker = STAGE.kit.createTestProbe();
    room.tell(new RoomCommand.Release(owner, asker.ref()));
    return asker.receiveMessage().answer();
  }

  @Test
  void aRegistrationIsWrittenWhenItIsTold() {
    STAGE.macRoom().tell(registers(macs.socket(1), null));

    assertThat(macs.expect(RoomNotice.AgentGranted.class))
        .isEqualTo(new RoomNotice.AgentGranted(1, 1, false));
    assertThat(written())
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
    ActorRef<RoomCommand> room = roomWithBoth();
    int before = written().size();
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
    assertThat(written()).hasSize(before);
    assertThat(STAGE.notes.taken)
        .containsExactly("woke", "refused ACCOUNT_MISMATCH", "refused ACCOUNT_MISMATCH");
  }

  @Test
  void aReplacedSocketLosesItsSlotInTheWriteThatGivesItAway() {
    ActorRef<RoomCommand> room = roomWithBoth();
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
    STAGE.journal.failNextPersisted();

    room.tell(joins(phones.socket(2), null, TOKEN));
    macs.expect(EdgeCommand.AskLive.class);
    room.tell(new RoomCommand.LiveSockets(macs.name(), List.of(1L)));
    room.tell(joins(phones.socket(4), null, TOKEN));

    assertThat(macs.expect(RoomNotice.PhoneJoined.class).connection()).isEqualTo("phone-4");
    phones.probe().expectNoMessage();
  }

  @Test
  void aRestartForgetsNeitherOwnerNorSecretNorThatATokenIsUsed() {
    ActorRef<RoomCommand> room = recovered(roomWithBoth(), List.of(), List.of());
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
    ActorRef<RoomCommand> room = recovered(roomWithBoth(), List.of(), List.of(2L));
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
    ActorRef<RoomCommand> room = recovered(roomWithBoth(), List.of(1L), List.of(2L));

    room.tell(joins(phones.socket(2), null, TOKEN));
    room.tell(registers(macs.socket(1), TOKEN));

    assertThat(macs.expect(RoomNotice.PhoneJoined.class).then())
        .isEqualTo(new RoomNotice.PhoneGranted(2, 2, macs.socket(1), 0, MAC));
    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(2);
  }

  @Test
  void aLongLifeIsRecoveredFromItsSnapshot() {
    ActorRef<RoomCommand> room = roomWithBoth();
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
    RoomDescription known = STAGE.describe(roomWithBoth());

    assertThat(known.owner()).isEqualTo(OWNER);
    assertThat(known.lastSeen()).isEqualTo(START);
    assertThat(known.toString()).doesNotContain("ephemeral", "nonce", "sha256");
  }

  @Test
  void aRoomWhoseOwnerIsGoneForGoodIsErasedWhoeverIsConnected() {
    ActorRef<RoomCommand> room = roomWithBoth();
    assertThat(disown(room, STRANGER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(written()).isNotEmpty();

    assertThat(disown(room, OWNER)).isEqualTo(ReleaseAnswer.RELEASED);

    assertThat(written()).as("when it is answered").isEmpty();
    assertThat(macs.expect(RoomNotice.Close.class).cause()).isEqualTo(CloseCause.FORGOTTEN);
    assertThat(phones.expect(RoomNotice.Close.class).code()).isEqualTo(1001);
    assertThat(disown(room, OWNER)).as("again").isEqualTo(ReleaseAnswer.NOT_FOUND);
  }

  @Test
  void whatTheJournalDidNotEraseIsErasedByTheNextAttempt() {
    ActorRef<RoomCommand> room = roomWithBoth();
    STAGE.journal.failNextDelete();
    TestProbe<RoomCommand.Released> asker = STAGE.kit.createTestProbe();
    LoggingTestKit.warn("room_not_erased")
        .expect(
            STAGE.kit.system(),
            () -> {
              room.tell(new RoomCommand.Disown(OWNER, asker.ref()));
              return null;
            });

    asker.expectNoMessage();
    assertThat(written()).isNotEmpty();

    assertThat(disown(room, OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(written()).isEmpty();
  }

  @Test
  void aRoomIsReleasedToItsOwnerOnceItsMacIsGone() {
    ActorRef<RoomCommand> room = roomWithBoth();
    assertThat(release(room, STRANGER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.IN_USE);
    room.tell(new RoomCommand.Detach(macs.socket(1), CloseCause.PEER_CLOSED, 1001));
    phones.expect(RoomNotice.AgentLeft.class);

    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.RELEASED);

    assertThat(phones.expect(RoomNotice.Close.class).cause()).isEqualTo(CloseCause.FORGOTTEN);
    STAGE.shard.awaitAssert(() -> assertThat(written()).hasSize(0));
    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    room.tell(registers(macs.socket(3), null));
    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
  }
}
