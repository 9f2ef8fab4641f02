package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.Scene.START;
import static relay.core.room.Scene.claim;
import static relay.core.room.Scene.socket;

import org.junit.jupiter.api.Test;

/** Rooms that operators remove, and rooms of another policy. */
class ForgottenRoomTest {

  @Test
  void aForgottenRoomClosesEverybodyAndBeginsAnew() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);
    scene.agentAttaches(3);

    scene.then(scene.arbiter().forget(START));

    Farewell farewell = new Farewell(1001, "room removed", CloseCause.FORGOTTEN);
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.Close(socket(1), farewell),
            new Tell.Close(socket(2), farewell),
            new Tell.Close(socket(3), farewell));
    assertThat(scene.last().events()).containsExactly(new RoomEvent.RoomForgotten(START));
    assertThat(scene.arbiter().isEmpty()).isTrue();
    assertThat(scene.arbiter().contest().isOpen()).isFalse();
  }

  @Test
  void aRoomThatKeepsNothingIsForgottenWithoutAnEvent() {
    assertThat(Scene.empty().arbiter().forget(START).events()).isEmpty();
  }

  @Test
  void aPolicyMayReplaceAnIncumbentAtOnce() {
    RoomPolicy pyrycode = Scene.policy(1);
    Arbiter arbiter =
        new Arbiter(
            new RoomPolicy(
                RoomPolicy.ClaimOfHeldSlot.REPLACE,
                pyrycode.probeTimeout(),
                pyrycode.phones(),
                pyrycode.farewells()),
            Room.EMPTY);
    Arbiter held = arbiter.after(arbiter.attachAgent(claim(socket(1)), START));

    Verdict verdict = held.attachAgent(claim(socket(2)), START);

    assertThat(verdict.tells()).contains(new Tell.AgentGranted(socket(2), 2, true));
  }
}
