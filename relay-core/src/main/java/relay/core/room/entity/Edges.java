package relay.core.room.entity;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import relay.core.room.Tell;

/**
 * The edges one room deals with: how to reach them, and which are watched. Confined to its room.
 */
final class Edges {
  private final ActorContext<RoomCommand> context;
  private final ActorRefResolver resolver;
  private final Map<String, ActorRef<EdgeCommand>> watched = new HashMap<>();

  Edges(ActorContext<RoomCommand> context) {
    this.context = context;
    resolver = ActorRefResolver.get(context.getSystem());
  }

  /**
   * From now on the end of each of these is told as {@link RoomSignal.EdgeLost}, of no other. An
   * edge of no member is not watched: its end is never noticed, and its node would be called up.
   */
  void watchOnly(Set<String> edges) {
    watched
        .entrySet()
        .removeIf(
            it -> {
              boolean unneeded = !edges.contains(it.getKey());
              if (unneeded) {
                context.unwatch(it.getValue());
              }
              return unneeded;
            });
    for (String edge : edges) {
      if (!watched.containsKey(edge) && isMember(edge)) {
        watched.put(edge, watch(edge));
      }
    }
  }

  void tell(Tell tell) {
    tell(tell.to().edge(), Notices.of(tell));
  }

  void tell(String edge, EdgeCommand command) {
    ActorRef<EdgeCommand> known = watched.get(edge);
    (known == null ? resolve(edge) : known).tell(command);
  }

  /** Whether the edge's node belongs to the cluster. */
  boolean isMember(String edge) {
    Address address = resolve(edge).path().address();
    return address.hasLocalScope()
        || StreamSupport.stream(
                Cluster.get(context.getSystem()).state().getMembers().spliterator(), false)
            .anyMatch(it -> it.address().equals(address) && it.status() != MemberStatus.down());
  }

  private ActorRef<EdgeCommand> watch(String edge) {
    ActorRef<EdgeCommand> reference = resolve(edge);
    context.watchWith(reference, new RoomSignal.EdgeLost(edge));
    return reference;
  }

  private ActorRef<EdgeCommand> resolve(String edge) {
    return resolver.resolveActorRef(edge);
  }
}
