package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.Scene.GRACE;
import static relay.core.room.Scene.START;
import static relay.core.room.Scene.socket;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens while an agent is away and waited for (pyrycode 4.3). */
class GraceTest {
  private static final Farewell RECLAIMED =
      new Farewell(4404, "binary reclaimed server-id", CloseCause.RECLAIMED);
  private static final Farewell EXPIRED = new Farewell(1000, "", CloseCause.GRACE_EXPIRED);

  private static Scene agentAway() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);
    scene.leaves(1);
    return scene;
  }

  @Test
  void anAgentThatLeavesIsWaitedForAndItsPhonesLearnIt() {
    Scene scene = agentAway();

    assertThat(scene.last().isPromise()).isFalse();
    assertThat(scene.last().events())
        .containsExactly(
            new RoomEvent.AgentDetached(
                socket(1), "connection-1", CloseCause.PEER_CLOSED, 1000, START.plus(GRACE), START));
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.AgentLeft(socket(2), 1, GRACE.toMillis(), CloseCause.PEER_CLOSED));
  }

  @Test
  void anAgentThatIsAwayDoesNotCountButItsPhonesDo() {
    Scene scene = agentAway();

    assertThat(scene.room().agentHolder()).isEmpty();
    assertThat(scene.phones()).containsExactly(2L);

    scene.agentAttaches(3);
    assertThat(scene.room().agentHolder()).isPresent();
  }

  @Test
  void aPhoneMayComeWhileTheAgentIsAway() {
    Scene scene = agentAway();
    scene.passes(Duration.ofSeconds(10));

    scene.phoneAttaches(3);

    assertThat(scene.last().tells())
        .containsExactly(new Tell.PhoneGranted(socket(3), 1, null, 20_000));
    assertThat(scene.phones()).containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void aReclaimDuringGraceWinsAndEvictsPhonesWith4404() {
    Scene scene = agentAway();
    Scene other = Scene.withAgent(1);
    other.phoneAttaches(2);

    scene.agentAttaches(3);

    assertThat(scene.last().events())
        .containsExactly(
            new RoomEvent.PhoneDetached(
                socket(2), "connection-2", CloseCause.RECLAIMED, 4404, START),
            new RoomEvent.AgentAttached(2, socket(3), "connection-3", START));
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Close(socket(2), RECLAIMED), new Tell.AgentGranted(socket(3), 2, false));
    assertThat(scene.phones()).isEmpty();
    assertThat(other.phones()).containsExactly(2L);

    assertThat(scene.phoneAttaches(4).events()).hasSize(1);
  }

  @Test
  void aPhoneRegisteredDuringGraceIsClosedOnReclaim() {
    Scene scene = agentAway();
    scene.phoneAttaches(3);

    scene.agentAttaches(4);

    assertThat(scene.last().tells()).contains(new Tell.Close(socket(3), RECLAIMED));
  }

  @Test
  void aReclaimWithinGraceIsNotReleasedByAStaleQuestion() {
    Scene scene = agentAway();
    scene.agentAttaches(3);
    scene.phoneAttaches(4);
    scene.passes(GRACE);

    scene.asksAboutGrace(4);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.room().agentHolder()).map(Slot::socket).contains(socket(3));
    assertThat(scene.phones()).containsExactly(4L);
  }

  @Test
  void aPhoneThatLostItsSlotAndAsksIsClosed() {
    Scene scene = agentAway();
    scene.agentAttaches(3);
    scene.passes(GRACE);

    scene.asksAboutGrace(2);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).containsExactly(new Tell.Close(socket(2), EXPIRED));
  }

  @Test
  void anExpiredGraceFreesTheSlotAndClosesPhonesWith1000() {
    Scene scene = agentAway();
    scene.phoneAttaches(3);
    scene.passes(GRACE);

    scene.asksAboutGrace(2);

    assertThat(scene.last().isPromise()).isFalse();
    assertThat(scene.last().events())
        .containsExactly(
            new RoomEvent.GraceExpired(1, scene.now()),
            new RoomEvent.PhoneDetached(
                socket(2), "connection-2", CloseCause.GRACE_EXPIRED, 1000, scene.now()),
            new RoomEvent.PhoneDetached(
                socket(3), "connection-3", CloseCause.GRACE_EXPIRED, 1000, scene.now()));
    assertThat(scene.last().tells())
        .containsExactly(new Tell.Close(socket(2), EXPIRED), new Tell.Close(socket(3), EXPIRED));
    assertThat(scene.phoneAttaches(4).tells())
        .containsExactly(new Tell.Refused(socket(4), Refusal.NO_AGENT));
    assertThat(scene.agentAttaches(5).tells())
        .containsExactly(new Tell.AgentGranted(socket(5), 2, false));
  }

  @Test
  void aClaimAfterAnExpiredGraceClosesPhonesAsExpired() {
    Scene scene = agentAway();
    scene.passes(GRACE);

    scene.agentAttaches(3);

    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Close(socket(2), EXPIRED), new Tell.AgentGranted(socket(3), 2, false));
  }

  @Test
  void aPhoneThatAsksForItsExpiredSlotIsClosedOnce() {
    Scene scene = agentAway();
    scene.passes(GRACE);

    scene.phoneAttaches(2);

    assertThat(scene.last().tells()).containsExactly(new Tell.Close(socket(2), EXPIRED));
  }

  @Test
  void whoAsksTooEarlyLearnsWhatRemains() {
    Scene scene = agentAway();
    scene.passes(GRACE.minusNanos(1));

    scene.asksAboutGrace(2);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).containsExactly(new Tell.AgentLeft(socket(2), 1, 1, null));
  }

  @Test
  void anAgentThatLeavesAgainIsWaitedForAnew() {
    Scene scene = agentAway();
    scene.passes(Duration.ofSeconds(20));
    scene.agentAttaches(3);
    scene.phoneAttaches(4);
    scene.leaves(3);
    scene.passes(Duration.ofSeconds(15));

    scene.asksAboutGrace(4);

    assertThat(scene.last().tells())
        .containsExactly(new Tell.AgentLeft(socket(4), 2, 15_000, null));
  }

  @Test
  void aDisplacedAgentThatLeavesLateBeginsNoGrace() {
    Scene scene = agentAway();
    scene.agentAttaches(3);

    scene.leaves(1);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.room().agentHolder()).map(Slot::socket).contains(socket(3));
  }

  @Test
  void aPhoneThatLeavesDuringGraceLeavesForItsOwnReason() {
    Scene scene = agentAway();
    scene.passes(GRACE);

    scene.leaves(2);

    assertThat(scene.last().events())
        .singleElement()
        .isEqualTo(
            new RoomEvent.PhoneDetached(
                socket(2), "connection-2", CloseCause.PEER_CLOSED, 1000, scene.now()));
    assertThat(scene.last().tells()).isEmpty();
  }
}
