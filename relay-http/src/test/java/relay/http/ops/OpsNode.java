package relay.http.ops;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;
import relay.core.directory.RoomDirectory;
import relay.core.directory.RoomHistory;
import relay.core.health.ReadinessProbe;
import relay.core.room.Dialect;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomDescription;
import relay.core.settings.OpsSettings;
import relay.http.ops.metrics.Metrics;
import relay.http.signin.RememberedFacts;
import relay.http.testing.AccountsInMemory;
import relay.http.testing.SubscriptionsInMemory;

/** A cluster of one whose rooms, edge and database are what a test says they are. */
final class OpsNode {
  private static final Duration ASK = Duration.ofSeconds(10);
  private static final String CONFIG =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      """;

  final List<Duration> departures = new CopyOnWriteArrayList<>();
  volatile List<SocketDescription> sockets = List.of();
  volatile List<RoomEvent> events = List.of();
  volatile @Nullable RoomDescription description;
  volatile boolean edgeAnswers = true;
  volatile boolean roomAnswers = true;
  volatile boolean databaseAnswers = true;

  private final SortedSet<RoomKey> kept =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(RoomKey::dialect).thenComparing(RoomKey::id));
  final AccountsInMemory accounts = new AccountsInMemory();
  private final @Nullable String token;
  private final Duration ask;
  private final Metrics metrics = new Metrics();
  private final ActorSystem<Void> system;
  private final ActorRef<EdgeCommand> edge;
  private final SubscriptionsInMemory subscriptions;
  private int port;

  OpsNode() {
    this(null);
  }

  OpsNode(@Nullable String token) {
    this(token, ASK);
  }

  /**
   * @param ask how long it waits for the answer of a room or of an edge
   */
  OpsNode(@Nullable String token, Duration ask) {
    this.token = token;
    this.ask = ask;
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "relay",
            ConfigFactory.parseString(CONFIG)
                .withFallback(ConfigFactory.parseResources("management.conf"))
                .withFallback(ConfigFactory.load()));
    edge = system.systemActorOf(answers(), "edge", Props.empty());
    subscriptions = new SubscriptionsInMemory(system);
  }

  void start() {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    system.receptionist().tell(Receptionist.register(EdgeCommand.KEY, edge));
    TestProbe<Receptionist.Listing> probe = TestProbe.create(system);
    probe.awaitAssert(
        () -> {
          if (!cluster.selfMember().status().equals(MemberStatus.up()) || found().isEmpty()) {
            throw new AssertionError("not up");
          }
          return null;
        });
    Drain drain =
        new Drain(
            () -> CompletableFuture.completedFuture(null),
            _ -> CompletableFuture.completedFuture(null),
            ask);
    RoomCatalogue rooms =
        new RoomCatalogue(
            directory(),
            history(),
            new RoomQuestions(system, this::tell, EnumSet.allOf(Dialect.class), ask),
            new ReceptionistSurvey(system, ask));
    OpsRegistry.get(system)
        .install(
            new OpsPorts(rooms, accounts(), metrics, drain, List.of(database()), departures::add));
    port =
        OpsListener.start(system, new OpsSettings("127.0.0.1", 0, token))
            .toCompletableFuture()
            .join()
            .getPort();
  }

  void stop() {
    system.terminate();
    metrics.close();
  }

  void reset() {
    departures.clear();
    kept.clear();
    sockets = List.of();
    events = List.of();
    description = null;
    edgeAnswers = true;
    roomAnswers = true;
    databaseAnswers = true;
  }

  void keep(RoomKey... rooms) {
    kept.addAll(List.of(rooms));
  }

  int port() {
    return port;
  }

  String edge() {
    return ActorRefResolver.get(system).toSerializationFormat(edge);
  }

  String node() {
    return Cluster.get(system).selfMember().address().toString();
  }

  private List<?> found() {
    return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
            system.receptionist(),
            replyTo -> Receptionist.find(EdgeCommand.KEY, replyTo),
            ask,
            system.scheduler())
        .toCompletableFuture()
        .join()
        .getServiceInstances(EdgeCommand.KEY)
        .stream()
        .toList();
  }

  private Behavior<EdgeCommand> answers() {
    return Behaviors.receiveMessage(
        command -> {
          if (edgeAnswers && command instanceof EdgeCommand.ListSockets(var rooms, var replyTo)) {
            replyTo.tell(
                new EdgeCommand.SocketDescriptions(
                    node(),
                    sockets.stream()
                        .filter(it -> rooms.isEmpty() || rooms.contains(it.room()))
                        .toList()));
          }
          return Behaviors.same();
        });
  }

  private void tell(RoomKey room, RoomCommand command) {
    if (!roomAnswers) {
      return;
    }
    if (command instanceof RoomCommand.Describe(var replyTo)) {
      RoomDescription known = description;
      replyTo.tell(known == null ? new RoomDescription(0, null, List.of(), null) : known);
    }
    if (command instanceof RoomCommand.Forget(var replyTo)) {
      replyTo.tell(new RoomCommand.Forgotten(kept.remove(room)));
    }
  }

  private OpsAccounts accounts() {
    return new OpsAccounts(
        accounts,
        accounts,
        subscriptions(),
        new RememberedFacts(),
        token,
        () -> Instant.parse("2026-11-21T08:30:00Z"));
  }

  SubscriptionsInMemory subscriptions() {
    return subscriptions;
  }

  private RoomDirectory directory() {
    return (dialect, after, limit) ->
        stored(
            kept.stream()
                .filter(it -> it.dialect() == dialect)
                .filter(it -> after == null || it.id().compareTo(after) > 0)
                .limit(limit)
                .toList());
  }

  private RoomHistory history() {
    return (_, after, limit) ->
        stored(
            LongStream.rangeClosed(1, events.size())
                .filter(it -> it > after)
                .limit(limit)
                .mapToObj(it -> new RoomHistory.Entry(it, events.get((int) it - 1)))
                .toList());
  }

  private ReadinessProbe database() {
    return new ReadinessProbe() {
      @Override
      public String name() {
        return "database";
      }

      @Override
      public CompletionStage<Boolean> check() {
        return stored(true);
      }
    };
  }

  private <T> CompletionStage<T> stored(T value) {
    return databaseAnswers
        ? CompletableFuture.completedFuture(value)
        : CompletableFuture.failedFuture(new IOException("connection refused"));
  }
}
