package relay.core.room.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.RoomPolicy;
import relay.core.room.SocketAddress;

/**
 * One actor system, a cluster of itself, with a journal in memory, where rooms are tried: one for
 * all tests of a class, each with rooms and notes of its own, since what an earlier test's rooms
 * still do may come late.
 */
final class RoomStage implements BeforeEachCallback, AfterAllCallback {
  static final Duration NEVER = Duration.ofHours(1);
  static final Duration SOON = Duration.ofMillis(50);
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final RoomKey ROOM = new RoomKey(Dialect.PYRYCODE, "server-1");
  static final RoomKey MAC_ROOM = new RoomKey(Dialect.TERMONMAC, "K7X2M9QJ4T");

  static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());

  final ActorTestKit kit = ActorTestKit.create("relay", CONFIG);
  final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  final AtomicReference<Instant> time = new AtomicReference<>(START);
  Notes notes = new Notes();
  private int tests;
  private int rooms;

  RoomStage() {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(new Join(cluster.selfMember().address()));
    kit.createTestProbe()
        .awaitAssert(
            () -> {
              if (!cluster.selfMember().status().toString().equals("Up")) {
                throw new AssertionError(cluster.selfMember());
              }
              return null;
            });
  }

  /** What a room's observer was told. */
  static final class Notes implements RoomObserver {
    final ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Duration> writes = new ConcurrentLinkedQueue<>();

    @Override
    public void woke(RoomKey room) {
      taken.add("woke");
    }

    @Override
    public void wrote(RoomKey room, Duration took) {
      writes.add(took);
    }

    @Override
    public void refused(RoomKey room, Refusal why) {
      taken.add("refused " + why);
    }

    @Override
    public void graceExpired(RoomKey room) {
      taken.add("graceExpired");
    }

    @Override
    public void edgeSilent(RoomKey room) {
      taken.add("edgeSilent");
    }
  }

  /** A node's edge, played by a probe. */
  record Edge(TestProbe<EdgeCommand> probe, String name) {
    SocketAddress socket(long number) {
      return new SocketAddress(name, number);
    }

    <T extends EdgeCommand> T expect(Class<T> kind) {
      return probe.expectMessageClass(kind);
    }
  }

  /** How long things take in a room under test. */
  record Pace(Duration writeDelay, Duration probeTimeout, Duration rollCall, Duration passivation) {
    static final Pace CALM = new Pace(NEVER, NEVER, NEVER, NEVER);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    kit.shutdownTestKit();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    tests++;
    journal.resetPolicy();
    notes = new Notes();
    time.set(START);
    shard = kit.createTestProbe();
  }

  Edge edge() {
    TestProbe<EdgeCommand> probe = kit.createTestProbe();
    return new Edge(probe, ActorRefResolver.get(kit.system()).toSerializationFormat(probe.ref()));
  }

  ActorRef<RoomCommand> room() {
    return room(Pace.CALM);
  }

  ActorRef<RoomCommand> room(Pace pace) {
    rooms++;
    return kit.spawn(
        RoomEntity.create(ROOM, id(), shard.ref(), surroundings(pace)), "room-" + rooms);
  }

  ActorRef<RoomCommand> macRoom() {
    rooms++;
    return kit.spawn(
        RoomEntity.create(MAC_ROOM, macRoomId(), shard.ref(), surroundings(Pace.CALM)),
        "room-" + rooms);
  }

  RoomSurroundings surroundings(Pace pace) {
    RoomPolicy policy = TestPolicies.pyrycode(pace.probeTimeout());
    return new RoomSurroundings(
        Map.of(Dialect.PYRYCODE, policy, Dialect.TERMONMAC, RoomPolicy.termonmac()),
        time::get,
        new WritePacer(1000, pace.writeDelay()),
        notes,
        pace.rollCall(),
        pace.passivation());
  }

  PersistenceId id() {
    return PersistenceId.of("room", "pyrycode-server-" + tests);
  }

  PersistenceId macRoomId() {
    return PersistenceId.of("room", "termonmac-K7X2M9QJ4T-" + tests);
  }

  void past(RoomEvent... events) {
    journal.persistForRecovery(id().id(), List.of((Object[]) events));
  }

  List<Object> written() {
    return journal.persistedInStorage(id().id());
  }

  RoomDescription describe(ActorRef<RoomCommand> room) {
    TestProbe<RoomDescription> asker = kit.createTestProbe();
    room.tell(new RoomCommand.Describe(asker.ref()));
    return asker.receiveMessage();
  }
}
