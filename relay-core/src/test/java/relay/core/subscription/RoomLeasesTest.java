package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many rooms an account may have (TermOnMac 4.10). */
class RoomLeasesTest {
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final SubscriptionScene scene = new SubscriptionScene();

  private void fill() {
    List.of("a", "b", "c", "d").forEach(scene::acquires);
  }

  @Test
  void asManyRoomsAsTheTierAllowsAndNoMore() {
    fill();

    assertThat(scene.acquires("e")).isEqualTo(new RoomVerdict.LimitReached(4, 4));
    assertThat(scene.rooms()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aRoomThatIsThereIsLetInHoweverManyThereAre() {
    scene.isGranted(Tier.PRO, null);
    fill();
    scene.acquires("e");
    scene.isGranted(Tier.FREE, null);

    scene.passes(Duration.ofMinutes(1));
    assertThat(scene.acquires("e"))
        .isEqualTo(
            new RoomVerdict.Granted(List.of(new SubscriptionEvent.RoomSeen("e", scene.now()))));
    assertThat(scene.acquires("f")).isEqualTo(new RoomVerdict.LimitReached(4, 5));
  }

  @Test
  void aRoomCountsUntilSomeTimeAfterItsMacWasThere() {
    fill();
    scene.passes(Duration.ofMinutes(5));
    scene.leaves("a");
    scene.passes(LEASE.minusMillis(1));
    assertThat(scene.rooms()).containsExactly("a");

    scene.passes(Duration.ofMillis(1));
    assertThat(scene.rooms()).isEmpty();
  }

  @Test
  void roomsThatAreOverMakePlaceForOthers() {
    fill();
    scene.passes(LEASE.minusSeconds(60));
    scene.acquires("a");
    scene.passes(Duration.ofSeconds(60));

    assertThat(scene.acquires("e")).isInstanceOf(RoomVerdict.Granted.class);
    assertThat(scene.rooms()).containsExactly("a", "e");
    assertThat(scene.subscription().rooms().all()).hasSize(2);
  }

  @Test
  void aRoomThatIsOverHasNoClaimToItsPlace() {
    scene.acquires("a");
    scene.passes(LEASE);
    List.of("b", "c", "d", "e").forEach(scene::acquires);

    assertThat(scene.acquires("a")).isEqualTo(new RoomVerdict.LimitReached(4, 4));
  }

  @Test
  void aRoomThatIsOverComesBackWhereThereIsPlace() {
    scene.acquires("a");
    scene.passes(LEASE);

    assertThat(scene.acquires("a"))
        .isEqualTo(
            new RoomVerdict.Granted(List.of(new SubscriptionEvent.RoomLeased("a", scene.now()))));
    assertThat(scene.subscription().rooms().all()).hasSize(1);
  }

  @Test
  void aReleasedRoomMakesPlaceAtOnce() {
    fill();
    scene.happens(scene.subscription().release("b", START));

    assertThat(scene.acquires("e")).isInstanceOf(RoomVerdict.Granted.class);
    assertThat(scene.subscription().release("b", START)).isEmpty();
  }

  @Test
  void aMacThatReconnectsAllTheTimeIsNotWrittenDownEachTime() {
    scene.acquires("a");
    scene.passes(RoomLeases.PRECISION.minusMillis(1));

    assertThat(scene.acquires("a")).isEqualTo(new RoomVerdict.Granted(List.of()));
  }

  @Test
  void whereTheAccountHasNoSuchRoomNobodyLeavesIt() {
    scene.leaves("a");

    assertThat(scene.last()).isEmpty();
  }
}
