package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import relay.core.limits.Limit;
import relay.core.room.CloseCause;
import relay.core.room.PairingOffer;
import relay.core.room.Refusal;
import relay.core.room.Registration;
import relay.core.room.Role;
import relay.core.room.SecretHash;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.subscription.entity.RoomReply;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;

/** How a Mac comes to hold its room, and what it says anew of itself (TermOnMac 3.2, 4.4). */
class RegisteringTest {
  private final Stage stage = new Stage();

  @Test
  void aMacRegistersAndIsTold() {
    FakeSocket mac = stage.arrivingMac();
    assertThat(mac.isHeld()).isTrue();
    RoomCommand.AttachAgent asked = (RoomCommand.AttachAgent) stage.command();
    assertThat(asked.registration())
        .isEqualTo(
            new Registration(Stage.ACCOUNT, SecretHash.ofSent("hash1"), Stage.MAC_KEYS, null));
    assertThat(asked.grantedEpoch()).isZero();
    assertThat(mac.queued()).isEmpty();

    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    assertThat(mac.queued()).containsExactly(Stage.REGISTERED);
    assertThat(mac.isHeld()).isFalse();
    assertThat(stage.meters.counts()).containsEntry("agent", 1);
  }

  @Test
  void whatAMacSaysMeanwhileIsHeardOnceItHoldsItsRoom() {
    FakeSocket mac = stage.arrivingMac();
    mac.message(Stage.HEARTBEAT);
    mac.message(Stage.RELAY);
    assertThat(mac.queued()).isEmpty();
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    assertThat(mac.queued())
        .containsExactly(
            Stage.REGISTERED, "{\"type\":\"heartbeat_ack\",\"mac_connected\":true}", Stage.NO_PEER);
  }

  @Test
  void whatARefusedMacSaysMeanwhileIsHeardAsNobodys() {
    FakeSocket mac = stage.arrivingMac();
    mac.message(Stage.RELAY);
    mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.SECRET_MISMATCH));
    assertThat(mac.queued())
        .containsExactly(
            Stage.error("AUTH_FAILED", "Room secret mismatch"),
            Stage.error("NOT_REGISTERED", "Register or join a room first"));
  }

  @Test
  void aPairingTokenIsHandedOnWithItsEnd() {
    FakeSocket mac = stage.open(Stage.MAC, Arrival.Hint.MAC);
    mac.message(
        Stage.REGISTER.replace(
            "}", ",\"pairing_token_hash\":\"t\",\"pairing_token_expires_at\":1776000300}"));
    assertThat(shown(stage.command()).pairing())
        .isEqualTo(new PairingOffer(SecretHash.ofSent("t"), 1_776_000_300));
  }

  @Test
  void aMacThatDidNotSayItIsOneAsksForItsRoomFirst() {
    CompletableFuture<RoomReply> answer = new CompletableFuture<>();
    stage.allowance.room = answer;
    FakeSocket mac = stage.open(Stage.MAC, Arrival.Hint.IOS);
    assertThat(mac.handler().role()).isEqualTo(Role.PHONE);
    mac.message(Stage.REGISTER);
    assertThat(stage.allowance.rooms()).containsExactly("acquire " + Stage.ROOM);
    assertThat(stage.rooms.next()).isEmpty();

    answer.complete(new RoomReply.RoomGranted(32));
    mac.turn();
    assertThat(stage.command()).isInstanceOf(RoomCommand.AttachAgent.class);
    assertThat(mac.handler().role()).isEqualTo(Role.AGENT);
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    assertThat(mac.queued()).containsExactly(Stage.REGISTERED.replace("-1", "32"));
  }

  @Test
  void oneRoomTooManyIsRefusedAndNeverAsAuthFailed() {
    stage.allowance.room = CompletableFuture.completedFuture(new RoomReply.RoomLimit(4, 4));
    FakeSocket mac = stage.open(Stage.MAC, Arrival.Hint.NONE);
    mac.message(Stage.REGISTER);
    mac.turn();
    assertThat(mac.queued())
        .containsExactly(Stage.error("ROOM_LIMIT", "Room limit reached"), "close 1008");
    assertThat(stage.rooms.next()).isEmpty();
    assertThat(stage.allowance.rooms()).as("it got none").doesNotContain("left " + Stage.ROOM);
  }

  @Test
  void aRoomThatDoesNotAnswerIsAskedAgainAndGivenUp() {
    FakeSocket mac = stage.arrivingMac();
    RoomCommand first = stage.command();
    mac.advance(Duration.ofSeconds(5));
    assertThat(stage.command()).isEqualTo(first);
    mac.advance(Duration.ofSeconds(3));
    assertThat(mac.closes())
        .containsExactly(new Close(1011, "room unavailable", CloseCause.ROOM_UNAVAILABLE, true));
    assertThat(stage.command())
        .isEqualTo(new RoomCommand.Detach(Stage.MAC_SOCKET, CloseCause.ROOM_UNAVAILABLE, 1011));
  }

  @Test
  void aWrongSecretIsAnsweredChargedAndLeavesTheSocketOpen() {
    FakeSocket mac = stage.arrivingMac();
    mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.SECRET_MISMATCH));
    assertThat(mac.queued()).containsExactly(Stage.error("AUTH_FAILED", "Room secret mismatch"));
    assertThat(mac.closes()).isEmpty();
    assertThat(mac.isHeld()).isFalse();
    for (int i = 0; i < 9; i++) {
      mac.message(Stage.REGISTER);
      mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.SECRET_MISMATCH));
    }
    assertThat(stage.limits.look(Limit.AUTH_FAILED, Stage.ACCOUNT.value()).isAllowed()).isFalse();
    mac.message(Stage.REGISTER);
    assertThat(mac.closes()).hasSize(1);
  }

  @Test
  void aRefusedMacIsClosedFifteenSecondsAfterItCame() {
    FakeSocket mac = stage.arrivingMac();
    mac.advance(Duration.ofSeconds(4));
    mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.SECRET_MISMATCH));
    mac.advance(Duration.ofSeconds(11));
    assertThat(mac.closes()).extracting(Close::code).containsExactly(1008);
  }

  @Test
  void aStrangerLearnsNoAddressButItsOwn() {
    FakeSocket mac = stage.arrivingMac();
    mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.ACCOUNT_MISMATCH));
    assertThat(mac.queued())
        .containsExactly(
            """
            {"type":"error","code":"ACCOUNT_MISMATCH",\
            "message":"This room is owned by a different account",\
            "mac_email":"me@example.org"}\
            """);
    assertThat(mac.closes()).isEmpty();
  }

  @Test
  void aNewSecretIsAcceptedOnTheSameSocketAndNobodyIsAnnouncedAgain() {
    FakeSocket mac = stage.pairedMac();
    mac.message(Stage.REGISTER_AGAIN);
    assertThat(mac.isHeld()).isTrue();
    RoomCommand.AttachAgent asked = (RoomCommand.AttachAgent) stage.command();
    assertThat(shown(asked).secret()).isEqualTo(SecretHash.ofSent("hash2"));
    assertThat(shown(asked).keys().ephemeralKey()).isEmpty();
    assertThat(asked.grantedEpoch()).isEqualTo(2);

    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 2, false));
    assertThat(mac.queued())
        .containsExactly(Stage.REGISTERED, Stage.PEER_IS_PHONE, Stage.REGISTERED);
    assertThat(mac.isHeld()).isFalse();
    mac.message(Stage.RELAY);
    assertThat(mac.handed()).hasSize(1);
    mac.nodeLost();
    assertThat(shown(stage.command()).secret()).isEqualTo(SecretHash.ofSent("hash2"));
  }

  @Test
  void aNewSecretThatIsUnderWayIsNotTakenBackByALostNode() {
    FakeSocket mac = stage.pairedMac();
    mac.message(Stage.REGISTER_AGAIN);
    stage.rooms.next();

    mac.nodeLost();

    assertThat(shown(stage.command()).secret()).isEqualTo(SecretHash.ofSent("hash2"));
  }

  @Test
  void aNewSecretThatNoRoomTakesCostsTheConnection() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.REGISTER_AGAIN);
    stage.rooms.next();
    mac.advance(Duration.ofSeconds(5));
    assertThat(stage.command()).isInstanceOf(RoomCommand.AttachAgent.class);
    mac.advance(Duration.ofSeconds(3));
    assertThat(mac.closes()).extracting(Close::code).containsExactly(1011);
  }

  private static Registration shown(RoomCommand asked) {
    return Objects.requireNonNull(((RoomCommand.AttachAgent) asked).registration());
  }
}
