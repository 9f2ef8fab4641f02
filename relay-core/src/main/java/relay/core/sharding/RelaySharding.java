package relay.core.sharding;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomEntity;
import relay.core.room.entity.RoomSurroundings;
import relay.core.room.entity.Rooms;

/**
 * Starts the sharded rooms on the nodes with the role {@code room}, and is the way to them from
 * every node. A room decides itself when it leaves memory.
 */
public final class RelaySharding implements Rooms {
  /** The name of the entity type, as the cluster's HTTP API and persistence ids know it. */
  public static final EntityTypeKey<RoomCommand> ROOM =
      EntityTypeKey.create(RoomCommand.class, "room");

  /** Nodes with this role carry rooms. */
  public static final String ROLE = "room";

  private static final int SHARDS = 256;

  private static final int MAX_RECENT_DETACHMENTS = 100_000;

  /**
   * Longer than a shard takes to move, during which what is on its way to a room may be dropped.
   */
  private static final Duration DETACH_AGAIN_AFTER = Duration.ofSeconds(5);

  private final ActorRef<ShardingEnvelope<RoomCommand>> rooms;
  private final InstantSource clock;
  private final RecentDetachments detachments = new RecentDetachments(MAX_RECENT_DETACHMENTS);

  RelaySharding(ActorRef<ShardingEnvelope<RoomCommand>> rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  /** To be called once on every node, with or without the role. */
  public static RelaySharding start(ActorSystem<?> system, RoomSurroundings surroundings) {
    Entity<RoomCommand, ShardingEnvelope<RoomCommand>> room =
        Entity.of(ROOM, context -> room(context, surroundings))
            .withSettings(settings(system))
            .withMessageExtractor(new HashCodeMessageExtractor<RoomCommand>(SHARDS))
            .withRole(ROLE)
            .withStopMessage(RoomEntity.stopMessage());
    var sharding = new RelaySharding(ClusterSharding.get(system).init(room), surroundings.clock());
    var _ =
        system.systemActorOf(LostNodes.create(sharding::detachAgain), "lost-nodes", Props.empty());
    sharding.repeatDetaches(system, DETACH_AGAIN_AFTER);
    return sharding;
  }

  /**
   * Where shards live is kept in memory of the nodes, as cluster.conf says: Pekko 1.2.1's {@code
   * stateStoreModeDdata()} returns the deprecated journal mode instead.
   */
  static ClusterShardingSettings settings(ActorSystem<?> system) {
    return ClusterShardingSettings.create(system)
        .withRememberEntities(false)
        .withNoPassivationStrategy();
  }

  /** Under this id the journal keeps the room's events. */
  public static PersistenceId persistenceId(RoomKey room) {
    return PersistenceId.of(ROOM.name(), EntityIds.of(room));
  }

  @Override
  public void tell(RoomKey room, RoomCommand command) {
    if (command instanceof RoomCommand.Detach detach) {
      detachments.add(room, detach, clock.instant());
    }
    send(room, command);
  }

  /** Of a room that was lost with its node, peers of a socket that ended would never hear. */
  private void detachAgain() {
    sendAll(detachments.at(clock.instant()));
  }

  /**
   * Has each detach said a second time, once that is as long ago, and before it is twice as long.
   */
  void repeatDetaches(ActorSystem<?> system, Duration after) {
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                after,
                after,
                () -> sendAll(detachments.takeUpTo(clock.instant().minus(after))),
                system.executionContext());
  }

  private void sendAll(List<RecentDetachments.Noted> ended) {
    ended.forEach(it -> send(it.room(), it.detach()));
  }

  private void send(RoomKey room, RoomCommand command) {
    rooms.tell(new ShardingEnvelope<>(EntityIds.of(room), command));
  }

  private static Behavior<RoomCommand> room(
      EntityContext<RoomCommand> context, RoomSurroundings surroundings) {
    RoomKey room = EntityIds.roomKey(context.getEntityId());
    return RoomEntity.create(room, persistenceId(room), context.getShard(), surroundings);
  }
}
