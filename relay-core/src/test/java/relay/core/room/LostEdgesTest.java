package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.Scene.EDGE;
import static relay.core.room.Scene.GRACE;
import static relay.core.room.Scene.OTHER_EDGE;
import static relay.core.room.Scene.START;
import static relay.core.room.Scene.socket;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a room concludes when sockets are gone without a word (architecture 2.3). */
class LostEdgesTest {
  private static final SocketAddress ELSEWHERE = new SocketAddress(OTHER_EDGE, 2);

  private static Scene onTwoEdges() {
    Scene scene = Scene.withAgent(1);
    scene.phoneAttaches(ELSEWHERE);
    scene.phoneAttaches(3);
    return scene;
  }

  @Test
  void anEdgeThatIsGoneTakesItsSocketsWithIt() {
    Scene scene = onTwoEdges();

    scene.then(scene.arbiter().edgesLost(Set.of(EDGE), START));

    assertThat(scene.room().agent()).isEqualTo(new AgentSlot.Away(START.plus(GRACE)));
    assertThat(scene.room().phones()).extracting(Slot::socket).containsExactly(ELSEWHERE);
    assertThat(scene.last().events())
        .contains(
            new RoomEvent.PhoneDetached(socket(3), "connection-3", CloseCause.NODE_LOST, 0, START));
    assertThat(scene.last().tells())
        .contains(new Tell.AgentLeft(ELSEWHERE, 1, GRACE.toMillis(), CloseCause.NODE_LOST));
  }

  @Test
  void anAgentLearnsWhichPhonesWereLost() {
    Scene scene = onTwoEdges();

    scene.then(scene.arbiter().edgesLost(Set.of(OTHER_EDGE), START));

    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.PhoneLeft(socket(1), 1, "connection-2", true, CloseCause.NODE_LOST));
    assertThat(scene.arbiter().edges()).containsExactly(EDGE);
  }

  @Test
  void ofAPhoneThatItsEdgeKnowsNoMoreTheEdgeHasToldTheAgent() {
    Scene scene = onTwoEdges();

    scene.then(scene.arbiter().reconcile(OTHER_EDGE, List.of(), START));

    assertThat(scene.last().tells())
        .containsExactly(
            new Tell.PhoneLeft(socket(1), 1, "connection-2", false, CloseCause.NODE_LOST));
  }

  @Test
  void onlySocketsThatLiveKeepTheirSlots() {
    Scene scene = onTwoEdges();

    scene.then(scene.arbiter().reconcile(EDGE, List.of(1L), START));

    assertThat(scene.room().holders().map(Slot::socket)).containsExactly(socket(1), ELSEWHERE);
  }

  @Test
  void anEdgeThatDoesNotAnswerHasItsSocketsClosed() {
    Scene scene = onTwoEdges();

    scene.then(scene.arbiter().edgeSilent(OTHER_EDGE, START));

    assertThat(scene.last().tells())
        .contains(
            new Tell.Close(ELSEWHERE, new Farewell(1011, "connection lost", CloseCause.NODE_LOST)));
    assertThat(scene.phones()).containsExactly(3L);
  }

  @Test
  void anIncumbentLostWhileProbedIsReclaimed() {
    Scene scene = new Scene(16);
    scene.then(scene.arbiter().attachAgent(Scene.claim(ELSEWHERE), START));
    scene.agentAttaches(3);

    scene.then(scene.arbiter().edgesLost(Set.of(OTHER_EDGE), START));

    assertThat(scene.last().tells()).containsExactly(new Tell.AgentGranted(socket(3), 2, false));
  }

  @Test
  void anEdgeThatIsGoneNoLongerWaits() {
    Scene scene = Scene.withAgent(1);
    scene.then(scene.arbiter().attachAgent(Scene.claim(ELSEWHERE), START));
    assertThat(scene.arbiter().edges()).containsExactlyInAnyOrder(EDGE, OTHER_EDGE);

    scene.then(scene.arbiter().edgesLost(Set.of(OTHER_EDGE), START));

    assertThat(scene.arbiter().contest().isOpen()).isFalse();
  }

  @Test
  void aSnapshotIsTheRoomItWasTakenOf() {
    Scene scene = onTwoEdges();
    assertThat(RoomSnapshot.of(scene.room()).room()).isEqualTo(scene.room());

    scene.leaves(1);
    assertThat(RoomSnapshot.of(scene.room()).room()).isEqualTo(scene.room());

    assertThat(RoomSnapshot.of(Room.EMPTY).room()).isEqualTo(Room.EMPTY);
  }
}
