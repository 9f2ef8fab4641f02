package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.JoinRequest;
import relay.core.room.Registration;
import relay.core.room.RegistrationEvent;
import relay.core.room.RoomEvent;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomStage.Edge;

/** A room that was lost with its node after it had written who is there, and before it said so. */
class LostIntroductionTest {
  private static final AccountId OWNER = new AccountId("0".repeat(32));
  private static final SecretHash SECRET = SecretHash.ofSent("s0");
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

  @Test
  void aMacThatAsksAgainMeetsThePhoneThatWasThereAlready() {
    ActorRef<RoomCommand> room = recoveredWithBoth();

    room.tell(registers());

    assertThat(macs.expect(RoomNotice.AgentGranted.class).epoch()).isEqualTo(2);
    assertThat(macs.expect(RoomNotice.PhoneJoined.class)).isEqualTo(introduction());
  }

  @Test
  void aPhoneThatAsksAgainMeetsTheMacThatWasThereAlready() {
    ActorRef<RoomCommand> room = recoveredWithBoth();

    room.tell(
        new RoomCommand.AttachPhone(
            phones.socket(2), "phone-2", new JoinRequest(OWNER, PHONE, SECRET, null), 1));

    assertThat(macs.expect(RoomNotice.PhoneJoined.class)).isEqualTo(introduction());
  }

  @Test
  void whatIsSaidAgainIsNotWrittenAgain() {
    ActorRef<RoomCommand> room = recoveredWithBoth();
    List<Object> before = written();

    room.tell(registers());
    macs.expect(RoomNotice.AgentGranted.class);

    assertThat(written()).isEqualTo(before);
  }

  /** A phone was there when its Mac came on another socket; both sockets still live. */
  private ActorRef<RoomCommand> recoveredWithBoth() {
    STAGE.journal.persistForRecovery(
        STAGE.macRoomId().id(),
        List.of(
            new RegistrationEvent.RoomRegistered(OWNER, SECRET, MAC.publicKey(), RoomStage.START),
            new RoomEvent.PhoneAttached(1, phones.socket(2), "phone-2", PHONE, RoomStage.START),
            new RoomEvent.AgentAttached(2, macs.socket(1), "mac-1", MAC, RoomStage.START)));
    ActorRef<RoomCommand> room = STAGE.macRoom();
    for (Edge edge : List.of(macs, phones)) {
      List<Long> live = edge.expect(EdgeCommand.AskLive.class).sockets();
      room.tell(new RoomCommand.LiveSockets(edge.name(), live));
    }
    return room;
  }

  private RoomCommand registers() {
    return new RoomCommand.AttachAgent(
        macs.socket(1), "mac-1", new Registration(OWNER, SECRET, MAC, null), 0);
  }

  private RoomNotice.PhoneJoined introduction() {
    SocketAddress mac = macs.socket(1);
    return new RoomNotice.PhoneJoined(
        1, 2, "phone-2", phones.socket(2), new RoomNotice.PhoneGranted(2, 2, mac, 0, MAC), PHONE);
  }

  private static List<Object> written() {
    return STAGE.journal.persistedInStorage(STAGE.macRoomId().id());
  }
}
