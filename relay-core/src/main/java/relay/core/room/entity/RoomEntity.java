package relay.core.room.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import relay.core.entity.Erasure;
import relay.core.room.Arbiter;
import relay.core.room.ReleaseAnswer;
import relay.core.room.Room;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.Verdict;

/**
 * One sharded actor per room: asks {@link Arbiter} for a verdict, keeps it, and tells the sockets.
 *
 * <p>An attachment is told once it is written. A detachment counts at once and is written with the
 * room's next event, or when the node's pacer says, or before the room ends.
 */
public final class RoomEntity extends EventSourcedBehavior<RoomCommand, RoomEvent, Room> {
  private static final int SNAPSHOT_EVERY = 100;
  private static final int SNAPSHOTS_KEPT = 2;
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
  private static final double BACKOFF_JITTER = 0.2;

  private final RoomKey key;
  private final ActorContext<RoomCommand> context;
  private final TimerScheduler<RoomCommand> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final RoomObserver observer;
  private final Duration passivateAfter;
  private final RoomMemory memory;
  private final RollCall rollCall;

  /** Asks a room to end; what is not written is written first. */
  public static RoomCommand stopMessage() {
    return new RoomSignal.Stop();
  }

  public static Behavior<RoomCommand> create(
      RoomKey key,
      PersistenceId id,
      ActorRef<ClusterSharding.ShardCommand> shard,
      RoomSurroundings surroundings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RoomEntity(key, id, context, timers, shard, surroundings)));
  }

  private RoomEntity(
      RoomKey key,
      PersistenceId id,
      ActorContext<RoomCommand> context,
      TimerScheduler<RoomCommand> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      RoomSurroundings surroundings) {
    super(id, SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER));
    this.key = key;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    observer = surroundings.observer();
    passivateAfter = surroundings.passivateAfter();
    Edges edges = new Edges(context);
    memory = new RoomMemory(key, surroundings, timers, edges);
    rollCall = new RollCall(key, surroundings, memory, edges);
  }

  @Override
  public Room emptyState() {
    return Room.EMPTY;
  }

  @Override
  public EventHandler<Room, RoomEvent> eventHandler() {
    return Room::evolve;
  }

  @Override
  public SnapshotAdapter<Room> snapshotAdapter() {
    return new StoredRoom();
  }

  /** Two snapshots' worth of events stay as the room's history. */
  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, SNAPSHOTS_KEPT)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public SignalHandler<Room> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .build();
  }

  @Override
  public CommandHandler<RoomCommand, RoomEvent, Room> commandHandler() {
    return (_, command) -> rollCall.isUnderWay() ? onRollCall(command) : onCommand(command);
  }

  /** Begins the room's life, and begins it again after a write has failed. */
  private void onRecovered(Room written) {
    memory.restore(written);
    context.setReceiveTimeout(passivateAfter, new RoomSignal.Idle());
    observer.woke(key);
    rollCall.begin();
    call();
  }

  /** While edges are missing, only what is known of them counts; everybody else waits. */
  private Effect<RoomEvent, Room> onRollCall(RoomCommand command) {
    switch (command) {
      case RoomCommand.LiveSockets(var edge, var live) -> rollCall.answered(edge, live);
      case RoomSignal.EdgeLost(var edge) -> rollCall.lost(Set.of(edge));
      case RoomSignal.CallAgain _ -> call();
      case RoomSignal.Idle _ -> {}
      case RoomSignal.WriteDue _ -> {
        return write();
      }
      case RoomSignal.Stop _ -> {
        return write().thenStop();
      }
      case RoomCommand.AttachAgent _,
          RoomCommand.AttachPhone _,
          RoomCommand.Detach _,
          RoomCommand.ProbeAnswered _,
          RoomCommand.GraceElapsed _,
          RoomCommand.Describe _,
          RoomCommand.Forget _,
          RoomCommand.Release _,
          RoomCommand.Disown _,
          RoomSignal.ProbeTimedOut _ -> {
        return Effect().stash();
      }
    }
    return rollCall.isUnderWay() ? Effect().none() : Effect().none().thenUnstashAll();
  }

  private Effect<RoomEvent, Room> onCommand(RoomCommand command) {
    Arbiter arbiter = memory.arbiter();
    return switch (command) {
      case RoomCommand.AttachAgent asked -> carryOut(Attachments.of(asked, arbiter, memory.now()));
      case RoomCommand.AttachPhone asked -> carryOut(Attachments.of(asked, arbiter, memory.now()));
      case RoomCommand.Detach(var socket, var cause, var closeCode) ->
          carryOut(arbiter.detach(socket, cause, closeCode, memory.now()));
      case RoomCommand.ProbeAnswered(var socket, var probe) ->
          carryOut(arbiter.probeAnswered(socket, probe, memory.now()));
      case RoomCommand.GraceElapsed(var socket) ->
          carryOut(arbiter.graceElapsed(socket, memory.now()));
      // The answer to a question that was asked twice: newer sockets than it knows may live.
      case RoomCommand.LiveSockets _ -> Effect().none();
      case RoomCommand.Describe(var replyTo) ->
          Effect().none().thenRun(() -> replyTo.tell(Descriptions.of(arbiter.room())));
      case RoomCommand.Forget(var replyTo) ->
          forget(() -> replyTo.tell(new RoomCommand.Forgotten(!arbiter.isEmpty())));
      case RoomCommand.Release asked -> release(asked);
      case RoomCommand.Disown asked -> disown(asked);
      case RoomSignal.ProbeTimedOut(var probe) ->
          carryOut(arbiter.probeTimedOut(probe, memory.now()));
      case RoomSignal.EdgeLost(var edge) -> carryOut(arbiter.edgesLost(Set.of(edge), memory.now()));
      case RoomSignal.WriteDue _ -> write();
      case RoomSignal.Idle _ -> passivate();
      case RoomSignal.Stop _ -> write().thenStop();
      case RoomSignal.CallAgain _ -> Effect().none();
    };
  }

  private EffectBuilder<RoomEvent, Room> carryOut(Verdict verdict) {
    if (verdict.isPromise()) {
      memory.accept(verdict);
      return write().thenRun(() -> memory.say(verdict));
    }
    memory.conclude(verdict);
    return Effect().none();
  }

  private EffectBuilder<RoomEvent, Room> write() {
    List<RoomEvent> events = memory.takeUnwritten();
    Instant begun = memory.now();
    return events.isEmpty()
        ? Effect().none()
        : Effect()
            .persist(events)
            .thenRun(() -> observer.wrote(key, Duration.between(begun, memory.now())));
  }

  private Effect<RoomEvent, Room> release(RoomCommand.Release asked) {
    ReleaseAnswer answer = memory.arbiter().room().releaseTo(asked.owner());
    Runnable reply = () -> asked.replyTo().tell(new RoomCommand.Released(answer));
    return switch (answer) {
      case RELEASED -> forget(reply);
      case NOT_FOUND, IN_USE -> Effect().none().thenRun(reply::run);
    };
  }

  private Effect<RoomEvent, Room> forget(Runnable reply) {
    return carryOut(memory.arbiter().forget(memory.now()))
        .thenRun(() -> erase(() -> {}))
        .thenRun(reply::run);
  }

  private Effect<RoomEvent, Room> disown(RoomCommand.Disown asked) {
    Arbiter arbiter = memory.arbiter();
    boolean isTheirs = arbiter.room().isOf(asked.owner());
    ReleaseAnswer answer = isTheirs ? ReleaseAnswer.RELEASED : ReleaseAnswer.NOT_FOUND;
    Runnable reply = () -> asked.replyTo().tell(new RoomCommand.Released(answer));
    return isTheirs || arbiter.isEmpty()
        ? carryOut(arbiter.forget(memory.now())).thenRun(() -> erase(reply))
        : Effect().none().thenRun(reply::run);
  }

  /** Of a room that was forgotten before, it deletes what an earlier attempt has left. */
  private void erase(Runnable whenDone) {
    long latest = lastSequenceNumber(context);
    if (latest > 0) {
      var _ =
          Adapter.actorOf(
              context, Erasure.props(persistenceId(), latest, "room_not_erased", whenDone));
    } else {
      whenDone.run();
    }
  }

  /** A room with a probe under way stays: those who wait would not be answered. */
  private Effect<RoomEvent, Room> passivate() {
    if (!memory.arbiter().contest().isOpen()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }

  private void call() {
    rollCall.call(context.getSelf());
    if (rollCall.isUnderWay()) {
      timers.startSingleTimer(
          RoomSignal.CallAgain.class, new RoomSignal.CallAgain(), rollCall.interval());
    }
  }
}
