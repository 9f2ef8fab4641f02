package relay.http.app;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import relay.core.settings.NodeSettings;

/** The root of a node's actors: takes it into the cluster and says when it is a member. */
final class RelayGuardian {
  private RelayGuardian() {}

  /**
   * @param up completed when this node may carry rooms
   */
  static Behavior<SelfUp> create(NodeSettings node, CompletableFuture<Void> up) {
    return Behaviors.setup(
        context -> {
          Cluster cluster = Cluster.get(context.getSystem());
          cluster.subscriptions().tell(Subscribe.create(context.getSelf(), SelfUp.class));
          if (node.isAlone()) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
          }
          return Behaviors.receiveMessage(
              _ -> {
                up.complete(null);
                return Behaviors.same();
              });
        });
  }
}
