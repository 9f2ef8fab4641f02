package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relay.core.room.CloseCause;
import relay.core.subscription.QuotaExceeded;
import relay.core.subscription.entity.CreditReply;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;

/** Before anybody has registered or joined (TermOnMac 4.3). */
class GreetingTest {
  private final Stage stage = new Stage();

  @Test
  void nothingIsHeardBeforeItIsKnownThatThereAreCredits() {
    stage.allowance.offer = -1;
    FakeSocket socket = stage.open(1, Arrival.Hint.NONE);
    assertThat(socket.isHeld()).isTrue();
    assertThat(stage.allowance.asked())
        .extracting(FakeAllowance.Asked::want)
        .as("it only wants to know")
        .containsExactly(0L);

    stage.allowance.answer(new CreditReply.Leased(1, 0));
    socket.turn();
    assertThat(socket.isHeld()).isFalse();
  }

  @Test
  void anAccountWithoutCreditsIsToldSoAndClosed() {
    stage.allowance.offer = -1;
    FakeSocket socket = stage.open(1, Arrival.Hint.MAC);
    Instant reset = Instant.parse("2026-03-23T05:00:00Z");
    stage.allowance.answer(
        new CreditReply.Exhausted(1, new QuotaExceeded(1003, 1000, "5h-98568", reset, null)));
    socket.turn();

    assertThat(socket.queued())
        .containsExactly(
            """
            {"type":"quota_exceeded","usage":1003,"limit":1000,"period":"5h-98568",\
            "resets_at":"2026-03-23T05:00:00.000Z"}\
            """,
            "close 4029");
    assertThat(socket.closes())
        .containsExactly(new Close(4029, "quota exceeded", CloseCause.QUOTA_EXCEEDED, false));
    assertThat(stage.allowance.rooms())
        .as("the room it was granted")
        .containsExactly("left " + Stage.ROOM);
    assertThat(stage.rooms.next()).isEmpty();
    assertThat(stage.meters.counts()).isEqualTo(Map.of("at_connect", 1));
  }

  @Test
  void anAccountThatDoesNotAnswerIsAskedAgainAndGivenUpInTime() {
    stage.allowance.offer = -1;
    FakeSocket socket = stage.open(1, Arrival.Hint.NONE);
    socket.advance(Duration.ofMillis(7_900));
    assertThat(stage.allowance.asked()).hasSize(4).allMatch(it -> it.spending().sequence() == 1);
    assertThat(socket.closes()).isEmpty();

    socket.advance(Duration.ofMillis(100));
    assertThat(socket.closes())
        .containsExactly(new Close(1011, "room unavailable", CloseCause.ROOM_UNAVAILABLE, true));
  }

  @Test
  void heartbeatsAreAnsweredBeforeAnybodyHasRegistered() {
    FakeSocket socket = stage.open(1, Arrival.Hint.NONE);
    socket.message(Stage.HEARTBEAT);
    assertThat(socket.queued())
        .containsExactly("{\"type\":\"heartbeat_ack\",\"mac_connected\":false}");
  }

  @Test
  void whoNeitherRegistersNorJoinsIsClosedWhateverItSays() {
    FakeSocket socket = stage.open(1, Arrival.Hint.MAC);
    for (int second = 0; second < 14; second++) {
      socket.message(Stage.HEARTBEAT);
      socket.advance(Duration.ofSeconds(1));
    }
    assertThat(socket.closes()).isEmpty();

    socket.advance(Duration.ofSeconds(1));
    assertThat(socket.closes())
        .containsExactly(new Close(1008, "registration timeout", CloseCause.NOT_REGISTERED, false));
    assertThat(stage.rooms.next()).as("no room was asked anything").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"relay","payload":"QUJD"}         | NOT_REGISTERED | Register or join a room first
          {"type":"relay_batch","payloads":["QQ"]}  | NOT_REGISTERED | Register or join a room first
          {"type":"pty_data"}                       | UNKNOWN_TYPE   | Unknown message type
          {"type":"relay"}                          | BAD_MESSAGE    | Message not understood
          hello                                     | BAD_MESSAGE    | Message not understood
          {"type":"join_room","room_id":"other","public_key":"k"} | BAD_MESSAGE | Message not understood
          """)
  void aMistakeIsAnsweredAndTheSocketStaysOpen(String message, String code, String text) {
    FakeSocket socket = stage.open(1, Arrival.Hint.NONE);
    socket.message(message);
    assertThat(socket.queued()).containsExactly(Stage.error(code, text));
    assertThat(socket.closes()).isEmpty();
    assertThat(stage.meters.counts()).isEqualTo(Map.of(code.toLowerCase(java.util.Locale.ROOT), 1));
  }

  @Test
  void tenMistakesInARowAreTooMany() {
    FakeSocket socket = stage.open(1, Arrival.Hint.NONE);
    repeat(9, socket);
    socket.message(Stage.HEARTBEAT);
    repeat(9, socket);
    assertThat(socket.closes()).isEmpty();

    repeat(1, socket);
    assertThat(socket.closes())
        .containsExactly(new Close(1008, "too many bad messages", CloseCause.BAD_MESSAGE, false));
    int said = socket.queued().size();
    repeat(5, socket);
    assertThat(socket.queued()).as("nobody listens any more").hasSize(said);
  }

  private static void repeat(int times, FakeSocket socket) {
    for (int i = 0; i < times; i++) {
      socket.message("{\"type\":1}");
    }
  }

  @Test
  void theConnectionsPlaceIsGivenBackHoweverItEnds() {
    FakeSocket socket = stage.open(1, Arrival.Hint.MAC);
    assertThat(stage.cap.taken()).isOne();
    socket.end(CloseCause.PEER_DROPPED, 0);
    assertThat(stage.cap.taken()).isZero();
    assertThat(stage.allowance.rooms()).isEqualTo(List.of("left " + Stage.ROOM));
    assertThat(stage.allowance.settled()).isEmpty();
  }
}
