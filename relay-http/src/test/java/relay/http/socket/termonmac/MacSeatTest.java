package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.subscription.entity.RoomReply;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;
import relay.http.socket.FakeSocket.Handed;

/** What a Mac's socket says while it holds its room (TermOnMac 3.5 to 3.10). */
class MacSeatTest {
  private final Stage stage = new Stage();

  @Test
  void aPhoneIsAnnouncedOnceHoweverOftenTheRoomSaysSo() {
    FakeSocket mac = stage.mac();
    mac.tell(Stage.joined(2));
    mac.tell(Stage.joined(2));
    mac.tell(Stage.joined(1));
    assertThat(mac.queued()).containsExactly(Stage.REGISTERED, Stage.PEER_IS_PHONE);

    mac.tell(Stage.joined(3));
    assertThat(mac.queued().subList(2, 3)).as("another phone").containsExactly(Stage.PEER_IS_PHONE);
  }

  @Test
  void framesGoToThePhoneAsTheyCame() {
    FakeSocket mac = stage.pairedMac();
    mac.message(Stage.RELAY);
    mac.message(" " + Stage.BATCH + " ");
    SocketAddress phone = new SocketAddress("edge", Stage.PHONE);
    assertThat(mac.handed())
        .containsExactly(
            new Handed(phone, Delivery.FRAME, 2, Stage.RELAY, 0),
            new Handed(phone, Delivery.FRAME, 2, " " + Stage.BATCH + " ", 0));
  }

  @Test
  void withoutAPhoneEveryFrameIsAnswered() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.RELAY);
    mac.message(Stage.BATCH);
    assertThat(mac.queued()).containsExactly(Stage.REGISTERED, Stage.NO_PEER, Stage.NO_PEER);
    assertThat(mac.handed()).isEmpty();
    assertThat(stage.allowance.settled()).isEmpty();
  }

  @Test
  void aMacThatSpeaksToNobodyAsksOnceInAWhileWhetherItMissedAPhone() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.RELAY);
    mac.message(Stage.RELAY);
    assertThat(((RoomCommand.AttachAgent) stage.command()).grantedEpoch()).isEqualTo(1);

    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 2, false));
    mac.tell(Stage.joined(2));
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 2, false));
    mac.tell(Stage.joined(2));
    mac.message(Stage.RELAY);
    assertThat(mac.queued())
        .containsExactly(Stage.REGISTERED, Stage.NO_PEER, Stage.NO_PEER, Stage.PEER_IS_PHONE);
    assertThat(mac.handed()).hasSize(1);
  }

  @Test
  void aPhoneThatIsGoneUnannouncedIsNoPeerAndTheRoomIsAskedOnceInAWhile() {
    FakeSocket mac = stage.pairedMac();
    mac.lose(new SocketAddress("edge", Stage.PHONE));
    mac.message(Stage.RELAY);
    mac.message(Stage.RELAY);
    assertThat(mac.queued()).endsWith(Stage.NO_PEER, Stage.NO_PEER);
    RoomCommand.AttachAgent asked = (RoomCommand.AttachAgent) stage.command();
    assertThat(asked.grantedEpoch()).isEqualTo(2);
    mac.advance(Duration.ofSeconds(5));
    mac.message(Stage.RELAY);
    assertThat(stage.command()).isEqualTo(asked);
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 2, false));
    assertThat(mac.queued()).as("nobody registered").containsOnlyOnce(Stage.REGISTERED);
  }

  @Test
  void framesOfAnotherEpochAreNotHeard() {
    FakeSocket mac = stage.pairedMac();
    mac.deliver(Delivery.FRAME, 1, "old", 0);
    assertThat(stage.rooms.next()).isEmpty();
    mac.deliver(Delivery.FRAME, 2, Stage.RELAY, 0);
    mac.deliver(Delivery.FRAME, 3, "of somebody it has not heard of", 0);
    assertThat(mac.queued()).endsWith(Stage.PEER_IS_PHONE, Stage.RELAY);
    assertThat(stage.command()).as("what was missed").isInstanceOf(RoomCommand.AttachAgent.class);
  }

  @Test
  void whatAPhoneSaysBeforeItIsAnnouncedIsHeardAfterwards() {
    FakeSocket mac = stage.pairedMac();
    mac.deliver(Delivery.FRAME, 3, "first", 0);
    mac.deliver(Delivery.FRAME, 4, "of a later one", 0);
    mac.deliver(Delivery.FRAME, 3, "second", 0);
    mac.tell(Stage.joined(3));
    mac.deliver(Delivery.FRAME, 3, "third", 0);
    assertThat(mac.queued()).endsWith(Stage.PEER_IS_PHONE, "first", "second", "third");
  }

  @Test
  void aPhoneThatJoinsBeforeTheMacIsSeatedIsHeardOnceItIsAnnounced() {
    FakeSocket mac = stage.arrivingMac();
    mac.deliver(Delivery.FRAME, 1, Stage.RELAY, 0);
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    mac.deliver(Delivery.FRAME, 1, "more", 0);
    mac.tell(Stage.joined(1));
    assertThat(mac.queued())
        .containsExactly(Stage.REGISTERED, Stage.PEER_IS_PHONE, Stage.RELAY, "more");
  }

  @Test
  void aPhoneThatLeavesIsAnnouncedWithHowItWent() {
    FakeSocket mac = stage.pairedMac();
    mac.tell(new RoomNotice.PhoneLeft(Stage.MAC, 2, "ios1", false, CloseCause.PEER_CLOSED));
    mac.tell(new RoomNotice.PhoneLeft(Stage.MAC, 2, "ios2", false, CloseCause.HEARTBEAT_TIMEOUT));
    mac.tell(new RoomNotice.PhoneLeft(Stage.MAC, 2, "ios2", false, CloseCause.PEER_CLOSED));
    assertThat(mac.queued().subList(2, mac.queued().size())).containsExactly(Stage.gone("timeout"));
    mac.message(Stage.RELAY);
    assertThat(mac.queued()).endsWith(Stage.NO_PEER);
  }

  @Test
  void joiningOnAMacsSocketIsAMistake() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.JOIN);
    assertThat(mac.queued()).endsWith(Stage.error("BAD_MESSAGE", "Message not understood"));
    assertThat(stage.rooms.next()).isEmpty();
  }

  @Test
  void heartbeatsSayThatTheMacIsThere() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.HEARTBEAT);
    assertThat(mac.queued()).endsWith("{\"type\":\"heartbeat_ack\",\"mac_connected\":true}");
  }

  @Test
  void aReplacedMacIsClosedAndLeavesItsRoomToTheOther() {
    FakeSocket mac = stage.mac();
    mac.tell(
        new RoomNotice.Close(
            Stage.MAC, 4001, "replaced by another connection", CloseCause.REPLACED));
    mac.end(CloseCause.REPLACED, 4001);
    assertThat(mac.closes())
        .containsExactly(
            new Close(4001, "replaced by another connection", CloseCause.REPLACED, true));
    assertThat(stage.rooms.next()).as("the room knows").isEmpty();
    assertThat(stage.allowance.rooms()).isEmpty();
    assertThat(stage.meters.counts()).containsEntry("agent", 0);
  }

  @Test
  void aMacThatLeavesGivesBackWhatItHad() {
    FakeSocket mac = stage.mac();
    mac.end(CloseCause.PEER_CLOSED, 1001);
    assertThat(stage.command())
        .isEqualTo(new RoomCommand.Detach(Stage.MAC_SOCKET, CloseCause.PEER_CLOSED, 1001));
    assertThat(stage.allowance.rooms()).containsExactly("left " + Stage.ROOM);
    assertThat(stage.meters.counts()).isEqualTo(Map.of("agent", 0));
  }

  @Test
  void aRoomIsKeptForTheAccountWhileItsMacIsThere() {
    FakeSocket mac = stage.mac();
    stayFor(mac, Duration.ofMinutes(11));
    assertThat(stage.allowance.rooms())
        .containsExactly("acquire " + Stage.ROOM, "acquire " + Stage.ROOM);
    assertThat(mac.closes()).isEmpty();
    stage.allowance.room = CompletableFuture.completedFuture(new RoomReply.RoomLimit(4, 5));
    stayFor(mac, Duration.ofMinutes(5));
    assertThat(mac.closes()).extracting(Close::code).containsExactly(1008);
  }

  @Test
  void whatWasGrantedBeforeItHeldTheRoomIsAskedForAgainOnceItDoes() {
    FakeSocket mac = stage.arrivingMac();
    assertThat(stage.allowance.rooms()).as("its upgrade has asked").isEmpty();
    stage.allowance.room = CompletableFuture.completedFuture(new RoomReply.RoomLimit(4, 4));

    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    mac.turn();

    assertThat(mac.queued())
        .containsExactly(
            Stage.REGISTERED, Stage.error("ROOM_LIMIT", "Room limit reached"), "close 1008");
  }

  @Test
  void aLeaseThatNobodyConfirmsIsAskedForSoon() {
    stage.allowance.room = CompletableFuture.failedFuture(new IllegalStateException("away"));
    FakeSocket mac = stage.mac().turn();
    stage.allowance.room = CompletableFuture.completedFuture(new RoomReply.RoomGranted(-1));

    stayFor(mac, Duration.ofSeconds(60));
    assertThat(stage.allowance.rooms()).containsExactly("acquire " + Stage.ROOM);
    assertThat(mac.closes()).isEmpty();
  }

  private static void stayFor(FakeSocket mac, Duration time) {
    for (long second = 0; second < time.toSeconds(); second += 30) {
      mac.message(Stage.HEARTBEAT);
      mac.advance(Duration.ofSeconds(30));
      mac.turn();
    }
  }

  @Test
  void silenceOf45SecondsEndsItAndTheRoomKnowsAtOnce() {
    FakeSocket mac = stage.mac();
    mac.advance(Duration.ofSeconds(30));
    mac.message("{\"type\":\"whatever\"}");
    mac.advance(Duration.ofMillis(44_900));
    assertThat(mac.closes()).isEmpty();
    mac.advance(Duration.ofMillis(100));
    assertThat(mac.queued())
        .endsWith(Stage.error("HEARTBEAT_TIMEOUT", "No heartbeat received"), "close 4000");
    assertThat(mac.closes())
        .containsExactly(new Close(4000, "heartbeat timeout", CloseCause.HEARTBEAT_TIMEOUT, false));
    assertThat(stage.command())
        .isEqualTo(new RoomCommand.Detach(Stage.MAC_SOCKET, CloseCause.HEARTBEAT_TIMEOUT, 4000));
    mac.end(CloseCause.HEARTBEAT_TIMEOUT, 4000);
    assertThat(stage.rooms.next()).isEmpty();
  }

  @Test
  void aMacWhoseMessagesHaveToWaitIsNotSilentAndHearsThatTheRelayLives() {
    FakeSocket mac = stage.pairedMac();
    mac.unheard(true);
    mac.advance(Duration.ofMinutes(2));
    assertThat(mac.closes()).isEmpty();
    assertThat(mac.queued())
        .filteredOn("{\"type\":\"heartbeat_ack\",\"mac_connected\":true}"::equals)
        .hasSizeBetween(10, 12);
    mac.unheard(false);
    mac.advance(Duration.ofSeconds(45));
    assertThat(mac.closes()).extracting(Close::code).containsExactly(4000);
  }

  @Test
  void aLostNodeMakesItAskItsRoomAgain() {
    FakeSocket mac = stage.pairedMac();
    mac.nodeLost();
    RoomCommand.AttachAgent asked = (RoomCommand.AttachAgent) stage.command();
    assertThat(asked.grantedEpoch()).isEqualTo(2);
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 2, false));
    mac.tell(Stage.joined(2));
    assertThat(mac.queued()).containsExactly(Stage.REGISTERED, Stage.PEER_IS_PHONE);
  }

  @Test
  void aQueueThatIsFullAllTheSameEndsIt() {
    FakeSocket mac = stage.pairedMac();
    mac.fill();
    mac.deliver(Delivery.FRAME, 2, Stage.RELAY, 0);
    assertThat(mac.closes())
        .containsExactly(new Close(1011, "backlog full", CloseCause.BACKLOG_FULL, true));
  }

  @Test
  void framesThatReachTheNetworkAreCounted() {
    FakeSocket mac = stage.pairedMac();
    mac.wrote(3);
    assertThat(stage.meters.counts()).containsEntry("phone_to_mac", 3);
  }
}
