package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static relay.core.room.Scene.START;
import static relay.core.room.Scene.socket;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Slots and the phone cap: the upstream registry's claims and registrations (pyrycode 4.1, 4.2).
 */
class RoomTest {

  @Test
  void theFirstClaimWins() {
    Scene scene = Scene.empty();

    scene.agentAttaches(1);

    assertThat(scene.last().isPromise()).isTrue();
    assertThat(scene.last().events())
        .containsExactly(new RoomEvent.AgentAttached(1, socket(1), "connection-1", START));
    assertThat(scene.last().tells()).containsExactly(new Tell.AgentGranted(socket(1), 1, false));
  }

  @Test
  void aClaimAskedAgainIsGrantedAgainWithoutAnEvent() {
    Scene scene = Scene.withAgent(1);

    scene.agentAttaches(1);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).containsExactly(new Tell.AgentGranted(socket(1), 1, false));
  }

  @Test
  void aReleasedSlotIsReleasedOnce() {
    Scene scene = Scene.withAgent(1);

    assertThat(scene.leaves(1).events()).hasSize(1);
    assertThat(scene.leaves(1).events()).isEmpty();
    assertThat(scene.agentAttaches(2).tells())
        .containsExactly(new Tell.AgentGranted(socket(2), 2, false));
  }

  @Test
  void aPhoneNeedsAnAgent() {
    Scene scene = Scene.empty();

    scene.phoneAttaches(2);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).containsExactly(new Tell.Refused(socket(2), Refusal.NO_AGENT));
  }

  @Test
  void anAgentLearnsOfAPhoneBeforeThePhoneIsLetIn() {
    Scene scene = Scene.withAgent(1);

    scene.phoneAttaches(2);

    Tell.PhoneGranted granted = new Tell.PhoneGranted(socket(2), 1, socket(1), 0);
    assertThat(scene.last().events())
        .containsExactly(new RoomEvent.PhoneAttached(1, socket(2), "connection-2", START));
    assertThat(scene.last().tells())
        .containsExactly(new Tell.PhoneJoined(socket(1), "connection-2", granted));
  }

  @Test
  void aPhoneAskedAgainIsToldAgainWithoutAnEvent() {
    Scene scene = Scene.withAgent(1);
    List<Tell> first = scene.phoneAttaches(2).tells();

    scene.phoneAttaches(2);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).isEqualTo(first);
  }

  @Test
  void theCapIsReachedButNotPassed() {
    Scene scene = new Scene(3);
    scene.agentAttaches(1);
    for (long phone = 2; phone <= 4; phone++) {
      assertThat(scene.phoneAttaches(phone).events()).hasSize(1);
    }

    scene.phoneAttaches(5);

    assertThat(scene.last().tells())
        .containsExactly(new Tell.Refused(socket(5), Refusal.TOO_MANY_PHONES));
    assertThat(scene.phones()).containsExactlyInAnyOrder(2L, 3L, 4L);
  }

  @Test
  void aPhoneThatLeavesMakesRoomForTheNext() {
    Scene scene = new Scene(1);
    scene.agentAttaches(1);
    scene.phoneAttaches(2);

    scene.leaves(2);
    scene.phoneAttaches(3);

    assertThat(scene.phones()).containsExactly(3L);
  }

  @Test
  void aPhoneOfAFullRoomMayAskAgain() {
    Scene scene = new Scene(1);
    scene.agentAttaches(1);
    scene.phoneAttaches(2);

    assertThat(scene.phoneAttaches(2).tells()).hasOnlyElementsOfType(Tell.PhoneJoined.class);
  }

  @Test
  void noAgentWinsOverFull() {
    Scene scene = new Scene(1);
    scene.agentAttaches(1);
    scene.phoneAttaches(2);
    scene.leaves(1);
    scene.passes(Scene.GRACE);

    assertThat(scene.phoneAttaches(3).tells())
        .contains(new Tell.Refused(socket(3), Refusal.NO_AGENT));
  }

  @Test
  void zeroMeansNoCap() {
    Scene scene = new Scene(0);
    scene.agentAttaches(1);

    for (long phone = 2; phone < 66; phone++) {
      scene.phoneAttaches(phone);
    }

    assertThat(scene.phones()).hasSize(64);
  }

  @Test
  void aPhoneThatLeavesIsToldToTheAgentAndSiblingsStay() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);
    scene.phoneAttaches(3);

    scene.leaves(2);

    assertThat(scene.last().isPromise()).isFalse();
    assertThat(scene.last().events())
        .containsExactly(
            new RoomEvent.PhoneDetached(
                socket(2), "connection-2", CloseCause.PEER_CLOSED, 1000, START));
    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.PhoneLeft(socket(1), 1, "connection-2", false, CloseCause.PEER_CLOSED));
    assertThat(scene.phones()).containsExactly(3L);
  }

  @Test
  void anUnknownSocketThatLeavesChangesNothing() {
    Scene scene = Scene.withAgent(1);
    Room before = scene.room();

    scene.leaves(9);

    assertThat(scene.last().events()).isEmpty();
    assertThat(scene.last().tells()).isEmpty();
    assertThat(scene.room()).isEqualTo(before);
  }

  @Test
  void theLastPhoneThatLeavesLeavesNothing() {
    Scene scene = Scene.withAgent(1);
    Room before = scene.room();

    scene.phoneAttaches(2);
    scene.leaves(2);

    assertThat(scene.room()).isEqualTo(before);
  }

  @Test
  void aListOfPhonesIsACopyThatNobodyCanChange() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);
    List<Slot> phones = scene.room().phones();

    scene.phoneAttaches(3);

    assertThat(phones).hasSize(1);
    assertThatThrownBy(phones::removeFirst).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aPhoneIsFoundByItsSocket() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);

    assertThat(scene.room().phone(socket(2))).map(Slot::connection).contains("connection-2");
    assertThat(scene.room().phone(socket(3))).isEmpty();
  }

  @Test
  void holdersAreTheAgentAndItsPhones() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(2);

    assertThat(scene.room().holders().map(Slot::socket)).containsExactly(socket(1), socket(2));
    assertThat(Room.EMPTY.holders()).isEmpty();
  }
}
