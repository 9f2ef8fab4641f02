package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/**
 * A room is released while its Mac comes back and the account's other Macs want its place: however
 * their steps are interleaved, no Mac keeps a room that does not count, and no more of them count
 * than may (TermOnMac 4.10).
 */
class RoomReleaseTest {
  private static final List<Step> MAC = List.of(Step.ACQUIRE, Step.ATTACH, Step.CONFIRM);
  private static final List<Step> OWNER = List.of(Step.BEGIN, Step.FORGET, Step.RELEASE);
  private static final List<Step> OTHERS = List.of(Step.ANOTHER);

  enum Step {
    ACQUIRE,
    ATTACH,
    CONFIRM,
    BEGIN,
    FORGET,
    RELEASE,
    ANOTHER
  }

  /** An account with one room of two, whose Mac is away, and one more Mac that wants two. */
  private static final class Scene {
    final World world = new World();
    boolean mayAttach;
    boolean isAttached;
    boolean isForgotten;

    Scene() {
      assertThat(world.acquires("room")).isTrue();
    }

    void take(Step step) {
      TestInbox<SubscriptionDescription> inbox = TestInbox.create();
      SubscriptionMemory memory = world.memory();
      switch (step) {
        case ACQUIRE -> mayAttach = world.acquires("room");
        case ATTACH -> isAttached = mayAttach;
        case CONFIRM -> isAttached = isAttached && world.acquires("room");
        case BEGIN ->
            memory.beginRelease(new SubscriptionCommand.BeginRelease("room", 7, inbox.getRef()));
        case FORGET -> isForgotten = !isAttached;
        case RELEASE -> {
          if (isForgotten) {
            memory.release(new SubscriptionCommand.ReleaseRoom("room", 7, inbox.getRef()));
            world.writes();
          }
        }
        case ANOTHER -> {
          world.acquires("a");
          world.acquires("b");
        }
      }
    }
  }

  @Test
  void howeverTheStepsAreInterleaved() {
    List<List<Step>> orders = new ArrayList<>();
    interleave(List.of(), List.of(MAC, OWNER, OTHERS), orders);
    assertThat(orders).hasSize(140);

    for (List<Step> order : orders) {
      Scene scene = new Scene();
      order.forEach(scene::take);

      List<String> rooms = scene.world.rooms();
      assertThat(rooms.contains("room") || !scene.isAttached).as("%s", order).isTrue();
      assertThat(rooms).as("%s", order).hasSizeLessThanOrEqualTo(World.MAX_ROOMS);
    }
  }

  @Test
  void aRoomWhoseMacStaysAwayCountsNoMore() {
    Scene scene = new Scene();
    OWNER.forEach(scene::take);

    assertThat(scene.world.rooms()).isEmpty();
  }

  @Test
  void whatASubscriptionHasForgottenReleasesNothing() {
    Scene scene = new Scene();
    scene.take(Step.BEGIN);
    scene.take(Step.FORGET);
    scene.world.crashes();
    scene.take(Step.RELEASE);

    assertThat(scene.world.rooms()).containsExactly("room");
  }

  private static void interleave(List<Step> taken, List<List<Step>> left, List<List<Step>> orders) {
    if (left.stream().allMatch(List::isEmpty)) {
      orders.add(taken);
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      List<Step> next = left.get(i);
      if (!next.isEmpty()) {
        List<Step> longer = new ArrayList<>(taken);
        longer.add(next.getFirst());
        List<List<Step>> rest = new ArrayList<>(left);
        rest.set(i, next.subList(1, next.size()));
        interleave(longer, rest, orders);
      }
    }
  }
}
