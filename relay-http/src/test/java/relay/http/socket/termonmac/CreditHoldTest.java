package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import relay.core.subscription.entity.CreditReply;
import relay.http.socket.FakeSocket;

/** How a socket waits for credits (TermOnMac 6.6). */
class CreditHoldTest {
  private final Stage stage = new Stage();

  @Test
  void aMacThatHasUsedItsCreditsIsNotReadUntilItHasMore() {
    stage.allowance.offer = 2;
    FakeSocket mac = stage.pairedMac();
    stage.allowance.offer = -1;
    mac.message(Stage.RELAY);
    assertThat(mac.isHeld()).isFalse();
    mac.message(Stage.RELAY);
    assertThat(mac.handed()).as("no frame is lost").hasSize(2);
    assertThat(mac.isHeld()).isTrue();

    FakeAllowance.Asked asked = stage.allowance.asked().getLast();
    stage.allowance.answer(new CreditReply.Leased(asked.spending().sequence(), 50));
    mac.turn();
    assertThat(mac.isHeld()).isFalse();
  }

  @Test
  void whenNobodyAnswersItWaitsUntilSomebodyDoes() {
    stage.allowance.offer = 1;
    FakeSocket mac = stage.pairedMac();
    stage.allowance.offer = -1;
    mac.message(Stage.RELAY);
    assertThat(mac.isHeld()).isTrue();
    mac.advance(Duration.ofSeconds(30));
    assertThat(mac.isHeld()).isTrue();
    stage.allowance.offer = 5;
    mac.advance(Duration.ofSeconds(2));
    mac.turn();
    assertThat(mac.isHeld()).isFalse();
  }

  @Test
  void aFrameForNobodyCostsNothing() {
    FakeSocket mac = stage.mac();
    mac.message(Stage.RELAY);
    mac.end(relay.core.room.CloseCause.PEER_CLOSED, 1000);
    assertThat(stage.allowance.asked()).isEmpty();
    assertThat(stage.allowance.settled()).isEmpty();
  }

  @Test
  void tooManySocketsOfOneAccountAreNotCarried() {
    stage.allowance.offer = -1;
    FakeSocket mac = stage.open(Stage.MAC, Arrival.Hint.MAC);
    stage.allowance.answer(new CreditReply.TooManySockets(1));
    mac.turn();
    assertThat(mac.closes()).extracting(FakeSocket.Close::code).containsExactly(1008);
  }
}
