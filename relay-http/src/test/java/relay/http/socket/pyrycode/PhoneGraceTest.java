package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** A phone while its binary is away (pyrycode 4.3), and news that overtake each other. */
class PhoneGraceTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();

  private static RoomNotice.AgentLeft agentLeft(long epoch) {
    return new RoomNotice.AgentLeft(1, epoch, 30_000, CloseCause.PEER_DROPPED);
  }

  private static RoomNotice.PhoneGranted granted(long epoch) {
    return new RoomNotice.PhoneGranted(1, epoch, Stage.AGENT, 0);
  }

  @Test
  void aPhoneStaysWhileItsBinaryIsAwayAndAsksWhenTheGraceIsOver() {
    FakeSocket phone = stage.phone(1);
    phone.tell(agentLeft(Stage.EPOCH));

    phone.advanceAnswering(Duration.ofSeconds(29));
    assertThat(stage.rooms.next()).isEmpty();
    phone.advanceAnswering(Duration.ofSeconds(1));
    assertThat(stage.rooms.next()).containsExactly(new RoomCommand.GraceElapsed(phone.address()));
    assertThat(phone.closes()).isEmpty();

    phone.advanceAnswering(Duration.ofSeconds(5));
    assertThat(stage.rooms.next())
        .as("asked again, since nobody answered")
        .containsExactly(new RoomCommand.GraceElapsed(phone.address()));

    phone.tell(new RoomNotice.Close(1, 1000, "", CloseCause.GRACE_EXPIRED));
    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1000, "", CloseCause.GRACE_EXPIRED, true));
    phone.advance(Duration.ofMinutes(1));
    assertThat(stage.rooms.next()).isEmpty();
  }

  @Test
  void aPhoneAsksTheRoomWhenTheNodeOfItsBinaryIsGone() {
    FakeSocket phone = stage.phone(1);
    stage.rooms.next();

    phone.nodeLost();

    assertThat(stage.rooms.next()).containsExactly(new RoomCommand.GraceElapsed(phone.address()));
  }

  @Test
  void aPhoneThatRegistersDuringGraceWaitsForTheRest() {
    FakeSocket phone = stage.arrivingPhone(1);
    stage.rooms.next();

    phone.tell(new RoomNotice.PhoneGranted(1, Stage.EPOCH, null, 4_000));

    assertThat(phone.isHeld()).isFalse();
    assertThat(stage.meters.counts()).containsEntry("client accept", 1);
    phone.advance(Duration.ofSeconds(4));
    assertThat(stage.rooms.next()).containsExactly(new RoomCommand.GraceElapsed(phone.address()));
  }

  @Test
  void aFrameDuringGraceEndsThePhone() {
    FakeSocket phone = stage.phone(1);
    phone.tell(agentLeft(Stage.EPOCH));

    phone.message("{}");

    assertThat(phone.handed()).isEmpty();
    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1000, "", CloseCause.NO_AGENT, true));
    assertThat(log.lines())
        .endsWith(
            "INFO phone_forwarder_send_failed {server_id=srv, conn_id=client-srv-00000001,"
                + " err=binary connection is closed}");
    assertThat(stage.connected.phones()).isZero();

    phone.end(CloseCause.NO_AGENT, 1000);
    assertThat(log.lines()).noneMatch(line -> line.contains("read_end"));
  }

  @Test
  void aRoomThatStillWaitsIsAskedAgainLater() {
    FakeSocket phone = stage.phone(1);
    phone.tell(agentLeft(Stage.EPOCH));
    phone.advanceAnswering(Duration.ofSeconds(30));
    stage.rooms.next();

    phone.tell(new RoomNotice.AgentLeft(1, Stage.EPOCH, 9_000, CloseCause.PEER_DROPPED));

    phone.advanceAnswering(Duration.ofSeconds(8));
    assertThat(stage.rooms.next()).isEmpty();
    phone.advanceAnswering(Duration.ofSeconds(1));
    assertThat(stage.rooms.next()).hasSize(1);
  }

  @Test
  void anAgentThatLeftMayOvertakeTheGrant() {
    FakeSocket phone = stage.arrivingPhone(1);
    phone.tell(agentLeft(Stage.EPOCH));
    assertThat(phone.isHeld()).as("it is no grant").isTrue();

    phone.tell(granted(Stage.EPOCH));

    assertThat(phone.isHeld()).isFalse();
    phone.message("{}");
    assertThat(phone.handed()).isEmpty();
    assertThat(phone.closes()).hasSize(1);
  }

  @Test
  void aLaterGrantOutlivesAnEarlierAgentsEnd() {
    FakeSocket phone = stage.arrivingPhone(1);
    phone.tell(agentLeft(Stage.EPOCH - 1));

    phone.tell(granted(Stage.EPOCH));
    phone.tell(agentLeft(Stage.EPOCH - 1));
    phone.message("{}");

    assertThat(phone.handed())
        .singleElement()
        .satisfies(frame -> assertThat(frame.epoch()).isEqualTo(Stage.EPOCH));
  }

  @Test
  void aGrantOfALaterEpochLeadsToTheNewAgent() {
    FakeSocket phone = stage.phone(1);
    SocketAddress other = new SocketAddress("edge", 901);

    phone.tell(new RoomNotice.PhoneGranted(1, Stage.EPOCH + 1, other, 0));
    phone.tell(granted(Stage.EPOCH));
    phone.message("{}");

    assertThat(phone.handed())
        .containsExactly(
            new FakeSocket.Handed(
                other, Delivery.FRAME, Stage.EPOCH + 1, Stage.envelope(1, "{}"), 0));
    assertThat(stage.meters.counts()).containsEntry("client accept", 1);
    assertThat(stage.connected.phones()).isOne();
  }

  @Test
  void framesOnTheirWayArriveAfterTheAgentHasLeft() {
    FakeSocket phone = stage.phone(1);
    phone.tell(agentLeft(Stage.EPOCH));

    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{\"late\":1}", 0);
    phone.deliver(Delivery.FRAME, Stage.EPOCH - 1, "{\"older\":1}", 0);

    assertThat(phone.queued()).containsExactly("{\"late\":1}");
  }
}
