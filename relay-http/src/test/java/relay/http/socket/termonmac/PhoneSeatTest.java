package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.Refusal;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;
import relay.http.socket.FakeSocket.Handed;

/** What a phone's socket says (TermOnMac 3.4 to 3.10, 4.5). */
class PhoneSeatTest {
  private static final String NO_PEER = Stage.error("NO_PEER", "Peer not connected");
  private static final SocketAddress SOCKET = new SocketAddress("edge", Stage.PHONE);

  private final Stage stage = new Stage();

  @Test
  void aPhoneJoinsAndWaitsWithoutAWord() {
    FakeSocket phone = stage.arrivingPhone();
    assertThat(phone.isHeld()).isTrue();
    RoomCommand.AttachPhone asked = (RoomCommand.AttachPhone) stage.command();
    assertThat(asked.join())
        .isEqualTo(
            new JoinRequest(Stage.ACCOUNT, Stage.PHONE_KEYS, SecretHash.ofSent("hash1"), null));

    phone.tell(new RoomNotice.PhoneGranted(Stage.PHONE, 1, null, 0));
    assertThat(phone.queued()).isEmpty();
    assertThat(phone.isHeld()).isFalse();
    phone.message(Stage.HEARTBEAT);
    phone.message(Stage.RELAY);
    assertThat(phone.queued())
        .containsExactly(
            "{\"type\":\"heartbeat_ack\",\"mac_connected\":false,\"account_match\":\"match\"}",
            NO_PEER);
    assertThat(stage.allowance.rooms()).as("phones take no room").isEmpty();
  }

  @Test
  void whatAPhoneSaysMeanwhileGoesToItsMac() {
    FakeSocket phone = stage.arrivingPhone();
    phone.message(Stage.RELAY);
    phone.tell(Stage.granted(2));
    assertThat(phone.queued()).containsExactly(Stage.PEER_IS_MAC);
    assertThat(phone.handed()).hasSize(1);
  }

  @Test
  void aPhoneHearsOfItsMacOnceAndThenTalksToIt() {
    FakeSocket phone = stage.pairedPhone();
    phone.tell(Stage.granted(2));
    phone.tell(Stage.granted(1));
    phone.message(Stage.RELAY);
    phone.message(Stage.HEARTBEAT);
    assertThat(phone.queued())
        .containsExactly(
            Stage.PEER_IS_MAC,
            "{\"type\":\"heartbeat_ack\",\"mac_connected\":true,\"account_match\":\"match\"}");
    assertThat(phone.handed())
        .containsExactly(new Handed(Stage.MAC_SOCKET, Delivery.FRAME, 2, Stage.RELAY, 0));
  }

  @Test
  void moreThanAMacTakesIsNotSent() {
    FakeSocket phone = stage.pairedPhone();
    String longest = relayOf(1_048_576);
    phone.message(longest);
    assertThat(phone.handed()).hasSize(1);
    phone.message(relayOf(1_048_577));
    assertThat(phone.handed()).hasSize(1);
    assertThat(phone.queued())
        .endsWith(Stage.error("MESSAGE_TOO_LARGE", "Message too large for the peer"));
    assertThat(phone.closes()).isEmpty();
  }

  private static String relayOf(int bytes) {
    String frame = "{\"type\":\"relay\",\"payload\":\"%s\"}";
    return frame.formatted("x".repeat(bytes - frame.length() + 2));
  }

  @Test
  void aMacThatLeavesIsAnnouncedAndThePhoneStays() {
    FakeSocket phone = stage.pairedPhone();
    phone.tell(new RoomNotice.AgentLeft(Stage.PHONE, 2, 0, CloseCause.PEER_CLOSED));
    phone.tell(new RoomNotice.AgentLeft(Stage.PHONE, 2, 0, CloseCause.PEER_CLOSED));
    phone.message(Stage.RELAY);
    assertThat(phone.queued())
        .containsExactly(Stage.PEER_IS_MAC, Stage.gone("client_left"), NO_PEER);
    phone.deliver(Delivery.FRAME, 2, Stage.RELAY, 0);
    assertThat(phone.queued()).as("what it said before it left").endsWith(Stage.RELAY);

    phone.tell(Stage.granted(3));
    assertThat(phone.queued()).endsWith(Stage.PEER_IS_MAC);
    assertThat(phone.closes()).isEmpty();
  }

  @Test
  void aMacThatSaysMoreThanIsKeptBeforeItIsAnnouncedIsNotHeardInPart() {
    FakeSocket arriving = stage.arrivingPhone();
    FakeSocket paired = stage.pairedPhone();
    String most = "x".repeat(EarlyFrames.MAX_BYTES);
    arriving.deliver(Delivery.FRAME, 2, most, 0);
    paired.deliver(Delivery.FRAME, 3, most, 0);
    assertThat(arriving.closes()).isEmpty();
    assertThat(paired.closes()).isEmpty();

    Close full = new Close(1011, "backlog full", CloseCause.BACKLOG_FULL, true);
    arriving.deliver(Delivery.FRAME, 2, "y", 0);
    assertThat(arriving.closes()).containsExactly(full);
    paired.deliver(Delivery.FRAME, 3, "y", 0);
    assertThat(paired.closes()).containsExactly(full);
  }

  @Test
  void whatAMacSaysBeforeItIsAnnouncedIsHeardAfterwards() {
    FakeSocket phone = stage.arrivingPhone();
    phone.deliver(Delivery.FRAME, 2, Stage.RELAY, 0);
    phone.tell(Stage.granted(2));
    assertThat(phone.queued()).containsExactly(Stage.PEER_IS_MAC, Stage.RELAY);
    phone.deliver(Delivery.FRAME, 3, "of the next", 0);
    phone.tell(Stage.granted(3));
    assertThat(phone.queued()).endsWith(Stage.PEER_IS_MAC, "of the next");
  }

  @Test
  void aReplacedMacIsSeenOnlyAsANewOne() {
    FakeSocket phone = stage.pairedPhone();
    phone.tell(Stage.granted(3));
    phone.deliver(Delivery.FRAME, 2, "of the one that was replaced", 0);
    phone.deliver(Delivery.FRAME, 3, Stage.RELAY, 0);
    assertThat(phone.queued()).containsExactly(Stage.PEER_IS_MAC, Stage.PEER_IS_MAC, Stage.RELAY);
  }

  @Test
  void newsThatOvertakeEachOtherEndAlike() {
    FakeSocket phone = stage.arrivingPhone();
    phone.tell(new RoomNotice.AgentLeft(Stage.PHONE, 2, 0, CloseCause.PEER_CLOSED));
    phone.tell(Stage.granted(2));
    assertThat(phone.queued()).as("it has left already").isEmpty();
    phone.tell(new RoomNotice.AgentLeft(Stage.PHONE, 4, 0, CloseCause.PEER_CLOSED));
    phone.tell(Stage.granted(3));
    assertThat(phone.queued()).isEmpty();
    phone.tell(Stage.granted(5));
    phone.tell(new RoomNotice.AgentLeft(Stage.PHONE, 4, 0, CloseCause.PEER_CLOSED));
    assertThat(phone.queued()).containsExactly(Stage.PEER_IS_MAC);
  }

  @Test
  void joiningAgainAsksAgainAndAnnouncesNobodyTwice() {
    FakeSocket phone = stage.pairedPhone();
    phone.message(Stage.JOIN);
    assertThat(phone.isHeld()).isTrue();
    assertThat(((RoomCommand.AttachPhone) stage.command()).grantedEpoch()).isEqualTo(2);
    phone.tell(Stage.granted(2));
    assertThat(phone.isHeld()).isFalse();
    assertThat(phone.queued()).containsExactly(Stage.PEER_IS_MAC);
  }

  @Test
  void registeringOnAPhonesSocketIsAMistake() {
    FakeSocket phone = stage.phone();
    phone.message(Stage.REGISTER);
    assertThat(phone.queued()).endsWith(Stage.error("BAD_MESSAGE", "Message not understood"));
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_USED, AUTH_FAILED, Pairing token already used, pairing token already used",
    "TOKEN_EXPIRED, AUTH_FAILED, Pairing token expired, pairing token expired",
    "WRONG_CREDENTIALS, AUTH_FAILED, Neither room secret nor pairing token is right,"
        + " authentication failed",
    "REJECTED_BY_AGENT, AUTH_FAILED, Rejected by the Mac, rejected by the mac",
    "UNKNOWN_ROOM, ROOM_NOT_FOUND, Room not found, room not found"
  })
  void aRefusedPhoneIsToldWhyAndClosed(Refusal why, String code, String text, String reason) {
    FakeSocket phone = stage.arrivingPhone();
    stage.rooms.next();
    phone.tell(new RoomNotice.Refused(Stage.PHONE, why));
    assertThat(phone.queued()).containsExactly(Stage.error(code, text), "close 4003");
    assertThat(phone.closes()).containsExactly(new Close(4003, reason, CloseCause.REFUSED, false));
  }

  @Test
  void aPhoneOfAnotherAccountIsToldBothAddresses() {
    FakeSocket phone = stage.arrivingPhone();
    phone.tell(new RoomNotice.Refused(Stage.PHONE, Refusal.ACCOUNT_MISMATCH, Stage.OTHER));
    assertThat(phone.queued()).isEmpty();
    phone.turn();
    assertThat(phone.queued())
        .containsExactly(
            """
            {"type":"error","code":"ACCOUNT_MISMATCH",\
            "message":"This room is owned by a different account",\
            "mac_email":"owner@example.org","ios_email":"me@example.org"}\
            """,
            "close 4003");
    assertThat(phone.closes())
        .containsExactly(new Close(4003, "account mismatch", CloseCause.REFUSED, false));
  }

  @Test
  void anAddressThatIsNotFoundInTimeIsLeftOut() {
    CompletableFuture<Optional<String>> late = new CompletableFuture<>();
    stage.ownersEmail = late;
    FakeSocket phone = stage.arrivingPhone();
    phone.tell(new RoomNotice.Refused(Stage.PHONE, Refusal.ACCOUNT_MISMATCH, Stage.OTHER));
    phone.advance(Duration.ofSeconds(5));
    late.complete(Optional.of("late@example.org"));
    phone.turn();
    assertThat(phone.queued().getFirst())
        .contains("ACCOUNT_MISMATCH", "\"ios_email\":\"me@example.org\"")
        .doesNotContain("mac_email");
    assertThat(phone.closes()).hasSize(1);
  }

  @Test
  void aReplacedPhoneIsClosed() {
    FakeSocket phone = stage.pairedPhone();
    phone.tell(
        new RoomNotice.Close(Stage.PHONE, 4001, "replaced by another device", CloseCause.REPLACED));
    assertThat(phone.closes()).extracting(Close::code).containsExactly(4001);
    assertThat(stage.rooms.next()).isEmpty();
  }

  @Test
  void aPhoneThatSpeaksToNobodyAsksOnceInAWhileWhetherItMissedItsMac() {
    FakeSocket phone = stage.phone();
    phone.message(Stage.RELAY);
    phone.message(Stage.RELAY);
    assertThat(stage.command()).isInstanceOf(RoomCommand.AttachPhone.class);

    phone.tell(Stage.granted(2));
    phone.tell(Stage.granted(2));
    assertThat(phone.queued()).containsExactly(NO_PEER, NO_PEER, Stage.PEER_IS_MAC);
  }

  @Test
  void aMacThatIsGoneUnannouncedIsNoPeer() {
    FakeSocket phone = stage.pairedPhone();
    phone.lose(Stage.MAC_SOCKET);
    phone.message(Stage.RELAY);
    assertThat(phone.queued()).endsWith(NO_PEER);
    assertThat(stage.command()).isInstanceOf(RoomCommand.AttachPhone.class);
  }

  @Test
  void aLostNodeMakesItAskItsRoomAgain() {
    FakeSocket phone = stage.pairedPhone();
    phone.nodeLost();
    assertThat(((RoomCommand.AttachPhone) stage.command()).grantedEpoch()).isEqualTo(2);
    phone.tell(new RoomNotice.PhoneGranted(Stage.PHONE, 2, null, 0));
    assertThat(phone.queued()).endsWith(Stage.gone("client_left"));
  }

  @Test
  void aPhoneThatLeavesTellsItsRoom() {
    FakeSocket phone = stage.phone();
    phone.end(CloseCause.PEER_DROPPED, 0);
    assertThat(stage.command())
        .isEqualTo(new RoomCommand.Detach(SOCKET, CloseCause.PEER_DROPPED, 0));
    assertThat(stage.meters.counts()).containsEntry("phone", 0);
  }
}
