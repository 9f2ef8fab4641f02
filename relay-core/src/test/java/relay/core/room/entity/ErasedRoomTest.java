package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.entity.OwnedRoom.OWNER;
import static relay.core.room.entity.OwnedRoom.STRANGER;
import static relay.core.room.entity.OwnedRoom.registers;

import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.room.CloseCause;
import relay.core.room.ReleaseAnswer;
import relay.core.room.entity.RoomStage.Edge;

/** A room that its owner gives back, or whose owner is gone for good. */
class ErasedRoomTest {
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
  void aRoomWhoseOwnerIsGoneForGoodIsErasedWhoeverIsConnected() {
    ActorRef<RoomCommand> room = owned.withBoth();
    assertThat(disown(room, STRANGER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(owned.written()).isNotEmpty();

    assertThat(disown(room, OWNER)).isEqualTo(ReleaseAnswer.RELEASED);

    assertThat(owned.written()).as("when it is answered").isEmpty();
    assertThat(macs.expect(RoomNotice.Close.class).cause()).isEqualTo(CloseCause.FORGOTTEN);
    assertThat(phones.expect(RoomNotice.Close.class).code()).isEqualTo(1001);
    assertThat(disown(room, OWNER)).as("again").isEqualTo(ReleaseAnswer.NOT_FOUND);
  }

  @Test
  void whatTheJournalDidNotEraseIsErasedByTheNextAttempt() {
    ActorRef<RoomCommand> room = owned.withBoth();
    STAGE.journal.failNextDelete(STAGE.macRoomId().id());
    TestProbe<RoomCommand.Released> asker = STAGE.kit.createTestProbe();
    LoggingTestKit.warn("room_not_erased")
        .expect(
            STAGE.kit.system(),
            () -> {
              room.tell(new RoomCommand.Disown(OWNER, asker.ref()));
              return null;
            });

    asker.expectNoMessage();
    assertThat(owned.written()).isNotEmpty();

    assertThat(disown(room, OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(owned.written()).isEmpty();
  }

  @Test
  void aRoomIsReleasedToItsOwnerOnceItsMacIsGone() {
    ActorRef<RoomCommand> room = owned.withBoth();
    assertThat(release(room, STRANGER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.IN_USE);
    room.tell(new RoomCommand.Detach(macs.socket(1), CloseCause.PEER_CLOSED, 1001));
    phones.expect(RoomNotice.AgentLeft.class);

    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.RELEASED);

    assertThat(phones.expect(RoomNotice.Close.class).cause()).isEqualTo(CloseCause.FORGOTTEN);
    STAGE.shard.awaitAssert(() -> assertThat(owned.written()).hasSize(0));
    assertThat(release(room, OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    room.tell(registers(macs.socket(3), null));
    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(1);
  }
}
