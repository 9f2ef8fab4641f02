package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import relay.core.room.Refusal;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;

/** What a peer can make the relay say to it, which it has to read before it is heard on. */
class AnswersTest {
  private final Stage stage = new Stage();

  @Test
  void heartbeatsAndMistakesAreAnswered() {
    FakeSocket mac = stage.mac();
    for (String message :
        new String[] {Stage.HEARTBEAT, Stage.RELAY, Stage.BATCH, "{}", Stage.JOIN}) {
      int before = mac.answers().size();
      mac.message(message);
      assertThat(mac.answers()).as(message).hasSize(before + 1);
    }
  }

  @Test
  void aRegistrationThatIsRepeatedIsAnswered() {
    FakeSocket mac = stage.mac();
    assertThat(mac.answers()).containsExactly(Stage.REGISTERED);
    mac.message(Stage.REGISTER_AGAIN);
    mac.tell(new RoomNotice.AgentGranted(Stage.MAC, 1, false));
    assertThat(mac.answers()).hasSize(2).containsOnly(Stage.REGISTERED);
    mac.message(Stage.REGISTER);
    mac.tell(new RoomNotice.Refused(Stage.MAC, Refusal.SECRET_MISMATCH, null));
    assertThat(mac.answers()).hasSize(3);
  }

  @Test
  void newsOfThePeerAndItsFramesAreNoAnswers() {
    FakeSocket mac = stage.pairedMac();
    mac.deliver(Delivery.FRAME, 2, Stage.RELAY, 0);
    assertThat(mac.queued()).contains(Stage.PEER_IS_PHONE, Stage.RELAY);
    assertThat(mac.answers()).containsExactly(Stage.REGISTERED);
  }
}
