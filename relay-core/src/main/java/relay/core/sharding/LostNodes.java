package relay.core.sharding;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Notices nodes that did not leave but were lost. */
final class LostNodes {
  private static final int TIMES = 2;
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  /**
   * @param times how often it is still to be said; 0 for a node that left
   */
  record Removed(int times) {}

  private LostNodes() {}

  /** Says each loss twice: at first it may still be a lost room that is told of it. */
  static Behavior<Removed> create(Runnable listener) {
    return Behaviors.setup(
        context -> {
          ActorRef<MemberRemoved> members =
              context.messageAdapter(MemberRemoved.class, LostNodes::removed);
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(members, MemberRemoved.class));
          return Behaviors.receiveMessage(
              removed -> {
                if (removed.times() > 0) {
                  listener.run();
                  context.scheduleOnce(
                      AGAIN_AFTER, context.getSelf(), new Removed(removed.times() - 1));
                }
                return Behaviors.same();
              });
        });
  }

  private static Removed removed(MemberRemoved event) {
    return new Removed(event.previousStatus().equals(MemberStatus.down()) ? TIMES : 0);
  }
}
