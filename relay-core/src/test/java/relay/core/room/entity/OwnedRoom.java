package relay.core.room.entity;

import static relay.core.room.entity.RoomStage.START;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.JoinRequest;
import relay.core.room.PairingOffer;
import relay.core.room.Registration;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomStage.Edge;

/** An account's room on a stage, and the edges of its Macs and of its phones. */
record OwnedRoom(RoomStage stage, Edge macs, Edge phones) {
  static final AccountId OWNER = new AccountId("0".repeat(32));
  static final AccountId STRANGER = new AccountId("f".repeat(32));
  static final SecretHash SECRET = SecretHash.ofSent("s0");
  static final SecretHash TOKEN = SecretHash.ofSent("t0");
  static final Keys MAC = new Keys("mac", "mac-nonce", "mac-ephemeral");
  static final Keys PHONE = new Keys("phone", "phone-nonce", "phone-ephemeral");

  OwnedRoom(RoomStage stage) {
    this(stage, stage.edge(), stage.edge());
  }

  static RoomCommand registers(SocketAddress socket, @Nullable SecretHash token) {
    PairingOffer offer =
        token == null ? null : new PairingOffer(token, START.getEpochSecond() + 300);
    return new RoomCommand.AttachAgent(
        socket, "mac-" + socket.number(), new Registration(OWNER, SECRET, MAC, offer), 0);
  }

  static RoomCommand joins(
      SocketAddress socket, @Nullable SecretHash secret, @Nullable SecretHash token) {
    return new RoomCommand.AttachPhone(
        socket, "phone-" + socket.number(), new JoinRequest(OWNER, PHONE, secret, token), 0);
  }

  /** With Mac 1 and phone 2, who have met. */
  ActorRef<RoomCommand> withBoth() {
    ActorRef<RoomCommand> room = stage.macRoom();
    room.tell(registers(macs.socket(1), TOKEN));
    room.tell(joins(phones.socket(2), null, TOKEN));
    macs.expect(RoomNotice.AgentGranted.class);
    macs.expect(RoomNotice.PhoneJoined.class);
    return room;
  }

  List<Object> written() {
    return stage.journal.persistedInStorage(stage.macRoomId().id());
  }
}
