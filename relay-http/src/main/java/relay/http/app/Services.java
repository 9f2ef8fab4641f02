package relay.http.app;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;
import relay.core.limits.RateLimits;
import relay.core.room.Dialect;
import relay.core.room.RoomPolicy;
import relay.core.room.entity.RoomSurroundings;
import relay.core.room.entity.Rooms;
import relay.core.settings.RelaySettings;
import relay.core.sharding.RelaySharding;
import relay.http.ops.Departure;
import relay.http.ops.Drain;
import relay.http.ops.OpsAccounts;
import relay.http.ops.OpsListener;
import relay.http.ops.OpsPorts;
import relay.http.ops.OpsRegistry;
import relay.http.ops.ReceptionistSurvey;
import relay.http.ops.RoomCatalogue;
import relay.http.ops.RoomQuestions;
import relay.http.push.PushWaker;
import relay.http.push.PushWakes;
import relay.http.transport.Edge;
import relay.http.transport.EventLoops;
import relay.http.transport.Listener;
import relay.http.transport.SealedRoute;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.probe.DatabaseProbe;
import relay.persistence.tables.JdbcRoomDirectory;
import relay.persistence.tables.JdbcRoomHistory;

/** What a node does for others: rooms, sockets, the public listener and the operators' one. */
final class Services {
  private static final Duration OPS_TIMEOUT = Duration.ofSeconds(5);
  private static final Set<Dialect> DIALECTS = Set.of(Dialect.values());
  private static final int GOING_AWAY = 1001;
  private static final String SHUTTING_DOWN = "shutting down";

  private final RelaySettings settings;
  private final Meters meters;
  private final AccountServices accounts;
  private final Edge edge;
  private final EventLoops loops;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> route;
  private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
  private final InetSocketAddress opsAddress;

  private Services(ActorSystem<?> system, RelaySettings settings, Storage storage, Clock clock) {
    this.settings = settings;
    Endings endings = Endings.of(system);
    meters = Meters.create(settings);
    endings.with(meters.registry());
    Rooms rooms = RelaySharding.start(system, surroundings(clock));
    QueryPool tables = endings.with(QueryPool.openForWrites(storage));
    accounts = AccountServices.start(system, settings, tables, clock, meters);
    edge = Edge.start(system, meters.transport(), clock);
    loops = endings.with(EventLoops.start(settings.http().eventLoops()));
    PushWakes wakes = endings.with(PushWaker.of(settings.push(), meters.push(), System::nanoTime));
    RateLimits limits = new RateLimits(settings.limits().rates().sizes(), System::nanoTime);
    RoomQuestions questions = new RoomQuestions(system, rooms, DIALECTS, OPS_TIMEOUT);
    Route people =
        new AccountSurface(settings, accounts, limits, meters)
            .route(new RoomsOfAccounts(questions), endings, clock);
    PublicSurface surface = new PublicSurface(settings, meters, System::nanoTime);
    route =
        SealedRoute.of(
            concat(
                surface.pyrycode(rooms, wakes), surface.termonmac(rooms, accounts, limits), people),
            system);
    opsAddress =
        operators(
            system,
            questions,
            endings.with(QueryPool.open(storage)),
            accounts.forOperators(settings.ops(), clock));
  }

  static Services start(
      ActorSystem<?> system, RelaySettings settings, Storage storage, Clock clock) {
    return new Services(system, settings, storage, clock);
  }

  /** Begins to accept connections, where this node is to carry sockets. */
  void listen() {
    if (settings.node().carriesSockets()) {
      Listener.Service service = new Listener.Service(edge, route, settings.limits().maxOpen());
      listener.set(Listener.bind(settings.http(), loops, service, meters.listener()));
    }
  }

  /** 0 where it does not listen. */
  int httpPort() {
    Listener bound = listener.get();
    return bound == null ? 0 : bound.port();
  }

  InetSocketAddress opsAddress() {
    return opsAddress;
  }

  AccountServices accounts() {
    return accounts;
  }

  private RoomSurroundings surroundings(Clock clock) {
    return RoomSurroundings.of(
        Map.of(
            Dialect.PYRYCODE,
            RoomPolicy.pyrycode(settings.pyrycode()),
            Dialect.TERMONMAC,
            RoomPolicy.termonmac()),
        clock,
        meters.rooms(),
        settings.room().passivateAfter());
  }

  private InetSocketAddress operators(
      ActorSystem<?> system, RoomQuestions questions, QueryPool queries, OpsAccounts people) {
    // The drain itself says when its time is over; until then nobody gives up on its behalf.
    Duration patience = settings.drain().deadline().plus(OPS_TIMEOUT);
    Drain drain =
        new Drain(
            this::stopAccepting,
            over -> edge.closeAll(GOING_AWAY, SHUTTING_DOWN, over, patience),
            settings.drain().deadline());
    Departure departure = Departure.of(system, drain);
    RoomCatalogue catalogue =
        new RoomCatalogue(
            new JdbcRoomDirectory(queries),
            new JdbcRoomHistory(queries),
            questions,
            new ReceptionistSurvey(system, OPS_TIMEOUT));
    OpsRegistry.get(system)
        .install(
            new OpsPorts(
                catalogue,
                people,
                meters.registry(),
                drain,
                List.of(new DatabaseProbe(queries)),
                over -> departure.leave(over)));
    return OpsListener.start(system, settings.ops()).toCompletableFuture().join();
  }

  private CompletionStage<?> stopAccepting() {
    Listener bound = listener.get();
    return bound == null
        ? CompletableFuture.completedFuture(null)
        : bound.close(settings.drain().deadline().plus(OPS_TIMEOUT));
  }
}
