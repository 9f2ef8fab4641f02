package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.Scene.START;
import static relay.core.room.Scene.socket;

import org.junit.jupiter.api.Test;

/** Duplicate claims and the probe that decides them (pyrycode 4.4). */
class ContestTest {
  private static final Farewell TIMED_OUT =
      new Farewell(1011, "heartbeat timeout", CloseCause.TAKEN_OVER);
  private static final Farewell RECLAIMED =
      new Farewell(4404, "binary reclaimed server-id", CloseCause.RECLAIMED);

  private static Scene contested() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);
    scene.agentAttaches(3);
    return scene;
  }

  @Test
  void aHeldSlotIsProbedAndTheNewcomerWaits() {
    Scene scene = contested();

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).containsExactly(new Tell.Probe(socket(1), 1));
    assertThat(scene.arbiter().contest().waiting()).containsExactly(Scene.claim(socket(3)));
  }

  @Test
  void anIncumbentThatAnswersKeepsItsSlotAndPhones() {
    Scene scene = contested();
    scene.agentAttaches(4);

    scene.answersProbe(1, 1);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Refused(socket(3), Refusal.ALREADY_CLAIMED),
            new Tell.Refused(socket(4), Refusal.ALREADY_CLAIMED));
    assertThat(scene.room().agentHolder()).map(Slot::socket).contains(socket(1));
    assertThat(scene.phones()).containsExactly(2L);
    assertThat(scene.probeTimesOut(1).tells()).isEmpty();
  }

  @Test
  void anIdleIncumbentIsReplacedAndItsPhonesEvicted() {
    Scene scene = contested();
    scene.agentAttaches(4);

    scene.probeTimesOut(1);

    assertThat(scene.last().events())
        .containsExactly(
            new RoomEvent.AgentDetached(
                socket(1), "connection-1", CloseCause.TAKEN_OVER, 1011, null, START),
            new RoomEvent.PhoneDetached(
                socket(2), "connection-2", CloseCause.RECLAIMED, 4404, START),
            new RoomEvent.AgentAttached(2, socket(3), "connection-3", START));
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Close(socket(1), TIMED_OUT),
            new Tell.Close(socket(2), RECLAIMED),
            new Tell.AgentGranted(socket(3), 2, true),
            new Tell.Refused(socket(4), Refusal.ALREADY_CLAIMED));
    assertThat(scene.arbiter().contest().isOpen()).isFalse();
  }

  @Test
  void aDisplacedIncumbentThatLeavesLateChangesNothing() {
    Scene scene = contested();
    scene.probeTimesOut(1);

    assertThat(scene.leaves(1).events()).isEmpty();
    assertThat(scene.answersProbe(1, 1).tells()).isEmpty();
    assertThat(scene.room().agentHolder()).map(Slot::socket).contains(socket(3));
  }

  @Test
  void anAnswerOfAnybodyElseDecidesNothing() {
    Scene scene = contested();

    assertThat(scene.answersProbe(2, 1).tells()).isEmpty();
    assertThat(scene.answersProbe(3, 1).tells()).isEmpty();
    assertThat(scene.answersProbe(1, 7).tells()).isEmpty();
    assertThat(scene.arbiter().contest().isOpen()).isTrue();
  }

  @Test
  void aNewcomerThatAsksAgainWaitsOnce() {
    Scene scene = contested();

    scene.agentAttaches(3);

    assertThat(scene.last().tells()).isEmpty();
    assertThat(scene.arbiter().contest().waiting()).hasSize(1);
  }

  @Test
  void onlyEightMayWait() {
    Scene scene = Scene.withAgent(1);
    for (long newcomer = 10; newcomer < 18; newcomer++) {
      scene.agentAttaches(newcomer);
    }

    scene.agentAttaches(18);

    assertThat(scene.last().tells())
        .containsExactly(new Tell.Refused(socket(18), Refusal.ALREADY_CLAIMED));
    assertThat(scene.arbiter().contest().waiting()).hasSize(8);
  }

  @Test
  void aNewcomerThatLeavesIsNotInstalled() {
    Scene scene = contested();
    scene.agentAttaches(4);
    scene.leaves(3);

    scene.probeTimesOut(1);

    assertThat(scene.last().tells()).contains(new Tell.AgentGranted(socket(4), 2, true));
  }

  @Test
  void aContestThatEverybodyLeftEndsAndTheNextProbeIsAnother() {
    Scene scene = contested();
    scene.leaves(3);

    assertThat(scene.probeTimesOut(1).events()).isEmpty();
    assertThat(scene.agentAttaches(4).tells()).containsExactly(new Tell.Probe(socket(1), 2));
    assertThat(scene.probeTimesOut(1).events()).isEmpty();
  }

  @Test
  void anIncumbentThatLeavesMeanwhileIsReclaimedByTheFirstWhoWaits() {
    Scene scene = contested();
    scene.agentAttaches(4);

    scene.leaves(1);

    assertThat(scene.last().isPromise()).isTrue();
    assertThat(scene.last().events())
        .startsWith(
            new RoomEvent.AgentDetached(
                socket(1), "connection-1", CloseCause.PEER_CLOSED, 1000, null, START));
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Close(socket(2), RECLAIMED),
            new Tell.AgentGranted(socket(3), 2, false),
            new Tell.Refused(socket(4), Refusal.ALREADY_CLAIMED));
    assertThat(scene.probeTimesOut(1).events()).isEmpty();
  }
}
