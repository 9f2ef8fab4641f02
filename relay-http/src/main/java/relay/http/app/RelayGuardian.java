package relay.http.app;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import relay.core.room.entity.EdgeCommand;
import relay.core.settings.NodeSettings;

/** The root of a node's actors: takes it into the cluster and says when it is ready to serve. */
final class RelayGuardian {
  private boolean isMember;
  private boolean isListed;

  private RelayGuardian() {}

  /** A step on the way into service. */
  sealed interface Step {}

  private record BecameMember() implements Step {}

  private record EdgesListed(boolean hasOwn) implements Step {}

  /**
   * @param ready completed when this node is a member and its edge can be found by those who ask
   *     for all sockets
   */
  static Behavior<Step> create(NodeSettings node, CompletableFuture<Void> ready) {
    return Behaviors.setup(
        context -> {
          Cluster cluster = Cluster.get(context.getSystem());
          cluster
              .subscriptions()
              .tell(
                  Subscribe.create(
                      context.messageAdapter(SelfUp.class, _ -> new BecameMember()), SelfUp.class));
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.subscribe(EdgeCommand.KEY, listings(context)));
          if (node.isAlone()) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
          }
          RelayGuardian guardian = new RelayGuardian();
          return Behaviors.receiveMessage(
              step -> {
                if (guardian.isReadyAfter(step)) {
                  ready.complete(null);
                }
                return Behaviors.same();
              });
        });
  }

  /** A reference without a host is of this node. */
  private static ActorRef<Receptionist.Listing> listings(ActorContext<Step> context) {
    return context.messageAdapter(
        Receptionist.Listing.class,
        listing ->
            new EdgesListed(
                listing.getServiceInstances(EdgeCommand.KEY).stream()
                    .anyMatch(edge -> edge.path().address().hasLocalScope())));
  }

  private boolean isReadyAfter(Step step) {
    switch (step) {
      case BecameMember _ -> isMember = true;
      case EdgesListed(var hasOwn) -> isListed |= hasOwn;
    }
    return isMember && isListed;
  }
}
