package relay.http.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import relay.core.account.entity.ToAccount;
import relay.core.room.RoomKey;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.EdgeCommand.AskLive;
import relay.core.room.entity.EdgeCommand.DescribeSockets;
import relay.core.room.entity.EdgeCommand.ListSockets;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.EdgeCommand.SocketDescriptions;
import relay.core.room.entity.RoomCommand.LiveSockets;
import relay.core.room.entity.RoomNotice;
import relay.core.room.entity.RoomNotice.PhoneGranted;
import relay.core.room.entity.RoomNotice.PhoneJoined;
import relay.core.wire.ClusterMessage;
import relay.core.wire.LinkMessage;

/**
 * A node's one address in the cluster: brings what rooms and other edges say to the loops of the
 * sockets concerned, and answers questions about them.
 */
final class EdgeActor {
  private static final int MAX_DESCRIPTIONS = 10_000;
  private static final int MAX_KNOWN_EDGES = 256;
  private static final Duration REMIND_AFTER = Duration.ofSeconds(5);

  /** Loops want to hear when that edge is gone. */
  record Watch(String edge) implements ClusterMessage {}

  private record Gone(String edge) implements ClusterMessage {}

  private record Remind(String edge) implements ClusterMessage {}

  private final ActorContext<ClusterMessage> context;
  private final SocketTable sockets;
  private final EdgeLoops loops;
  private final InLinks links;
  private final ActorRefResolver refs;
  private final String self;
  private final Set<String> watched = new HashSet<>();
  private final Map<String, ActorRef<ClusterMessage>> known = new KnownEdges();

  private EdgeActor(
      ActorContext<ClusterMessage> context,
      SocketTable sockets,
      EdgeLoops loops,
      LinkLimits limits,
      TransportMeters meters) {
    this.context = context;
    this.sockets = sockets;
    this.loops = loops;
    this.refs = ActorRefResolver.get(context.getSystem());
    this.self = refs.toSerializationFormat(context.getSelf());
    this.links = new InLinks(sockets, loops, limits, meters, refs, self);
  }

  static Behavior<ClusterMessage> create(
      SocketTable sockets, EdgeLoops loops, LinkLimits limits, TransportMeters meters) {
    return Behaviors.setup(
        context -> {
          ActorRef<EdgeCommand> commands = context.getSelf().narrow();
          context.getSystem().receptionist().tell(Receptionist.register(EdgeCommand.KEY, commands));
          var edge = new EdgeActor(context, sockets, loops, limits, meters);
          return Behaviors.receiveMessage(edge::onMessage);
        });
  }

  private Behavior<ClusterMessage> onMessage(ClusterMessage message) {
    switch (message) {
      case LinkMessage about -> {
        watch(about.fromEdge());
        links.received(about);
      }
      case RoomNotice notice -> told(notice);
      case ToAccount about -> announced(about);
      case AskLive(var room, var asked, var replyTo) ->
          replyTo.tell(new LiveSockets(self, live(room, asked)));
      case DescribeSockets(var asked, var replyTo) ->
          replyTo.tell(descriptions(asked.stream().map(sockets::find).filter(Objects::nonNull)));
      case ListSockets(var rooms, var replyTo) -> replyTo.tell(descriptions(in(rooms)));
      case Watch(var edge) -> watch(edge);
      case Gone(var edge) -> gone(edge);
      case Remind(var edge) -> onLoops(loop -> loop.peersLost(edge));
      default -> {
        return Behaviors.unhandled();
      }
    }
    return Behaviors.same();
  }

  private void told(RoomNotice notice) {
    if (notice instanceof PhoneJoined joined) {
      introduce(joined);
    } else {
      post(notice);
    }
  }

  /** Whoever speaks first hears of the other last, so that the other knows who speaks. */
  private void introduce(PhoneJoined joined) {
    if (joined.introducesAgentFirst()) {
      tellPhone(joined);
      post(joined);
    } else {
      post(joined);
      tellPhone(joined);
    }
  }

  private void post(RoomNotice notice) {
    WebSocketConnection connection = sockets.find(notice.socket());
    if (connection != null) {
      connection.loop().post(() -> connection.told(notice));
    }
  }

  private void tellPhone(PhoneJoined joined) {
    PhoneGranted granted = joined.then();
    if (granted == null) {
      return;
    }
    String edge = joined.phone().edge();
    if (edge.equals(self)) {
      post(granted);
    } else {
      known.computeIfAbsent(edge, refs::resolveActorRef).tell(granted);
    }
  }

  private void announced(ToAccount about) {
    for (WebSocketConnection connection : sockets.announce(about)) {
      connection.loop().post(() -> connection.announced(about.notice()));
    }
  }

  private List<Long> live(RoomKey room, List<Long> asked) {
    return asked.stream()
        .filter(
            number -> {
              WebSocketConnection connection = sockets.find(number);
              return connection != null && connection.room().equals(room);
            })
        .toList();
  }

  private Stream<WebSocketConnection> in(List<RoomKey> rooms) {
    Set<RoomKey> wanted = Set.copyOf(rooms);
    return sockets.all().stream().filter(it -> wanted.isEmpty() || wanted.contains(it.room()));
  }

  private SocketDescriptions descriptions(Stream<WebSocketConnection> of) {
    return new SocketDescriptions(
        context.getSystem().address().toString(),
        of.limit(MAX_DESCRIPTIONS).map(EdgeActor::describe).toList());
  }

  private static SocketDescription describe(WebSocketConnection connection) {
    SocketCounters counters = connection.counters();
    return new SocketDescription(
        connection.address().number(),
        connection.room(),
        connection.role(),
        connection.since(),
        counters.framesIn(),
        counters.bytesIn(),
        counters.framesOut(),
        counters.bytesOut());
  }

  private void watch(String edge) {
    if (!edge.equals(self) && watched.add(edge)) {
      context.watchWith(refs.<ClusterMessage>resolveActorRef(edge), new Gone(edge));
    }
  }

  private void gone(String edge) {
    watched.remove(edge);
    links.forget(edge);
    onLoops(loop -> loop.edgeGone(edge));
    // What the sockets ask their rooms at once may go to rooms that were lost with that node.
    context.scheduleOnce(REMIND_AFTER, context.getSelf(), new Remind(edge));
  }

  private void onLoops(Consumer<EdgeLoop> what) {
    loops.all().forEach(loop -> loop.post(() -> what.accept(loop)));
  }

  /** References by their serialized form, the most recently used ones. */
  private static final class KnownEdges extends LinkedHashMap<String, ActorRef<ClusterMessage>> {
    private static final long serialVersionUID = 1;

    KnownEdges() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, ActorRef<ClusterMessage>> eldest) {
      return size() > MAX_KNOWN_EDGES;
    }
  }
}
