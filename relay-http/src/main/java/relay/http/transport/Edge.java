package relay.http.transport;

import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import relay.core.room.entity.EdgeCommand;
import relay.core.wire.ClusterMessage;
import relay.http.socket.Upgrade;
import relay.http.transport.SocketTable.Dismissal;

/** All sockets of this node: what a listener hands connections to once they are upgraded. */
public final class Edge implements SocketPhase {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ActorSystem<?> system;
  private final EdgeNode node;

  private Edge(ActorSystem<?> system, EdgeNode node) {
    this.system = system;
    this.node = node;
  }

  /** Starts the node's edge actor; once per actor system. */
  public static Edge start(ActorSystem<?> system, TransportMeters meters, InstantSource clock) {
    return start(system, meters, clock, LinkLimits.DEFAULT);
  }

  static Edge start(
      ActorSystem<?> system, TransportMeters meters, InstantSource clock, LinkLimits limits) {
    var sockets = new SocketTable(clock);
    var loops = new EdgeLoops();
    ActorRef<ClusterMessage> actor =
        system.systemActorOf(
            EdgeActor.create(sockets, loops, limits, meters), "edge", Props.empty());
    ActorRefResolver refs = ActorRefResolver.get(system);
    String address = refs.toSerializationFormat(actor);
    return new Edge(
        system, new EdgeNode(actor, address, refs, sockets, loops, limits, meters, clock));
  }

  @Override
  public ChannelHandler begin(Upgrade upgrade, String remote) {
    return new ConnectionHandler(node, upgrade, remote);
  }

  public ActorRef<EdgeCommand> actor() {
    return node.actor().narrow();
  }

  /** How many sockets live here. */
  public int openSockets() {
    return node.sockets().size();
  }

  /**
   * Closes every socket, those that come later at once (pyrycode 8.4). Done when all are gone, or
   * when the patience that begins after the last one was told is over.
   *
   * @param over the time over which they are told, so that they do not all come back together
   */
  public CompletionStage<Void> closeAll(int code, String reason, Duration over, Duration patience) {
    var dismissal = new Dismissal(code, reason, new CompletableFuture<>());
    node.sockets().dismiss(dismissal);
    List<WebSocketConnection> all = List.copyOf(node.sockets().all());
    int steps = (int) Math.max(1, over.dividedBy(STEP));
    for (int step = 0; step < steps; step++) {
      int from = (int) ((long) all.size() * step / steps);
      int to = (int) ((long) all.size() * (step + 1) / steps);
      after(
          over.multipliedBy(step).dividedBy(steps),
          () -> dismiss(all.subList(from, to), dismissal));
    }
    after(over.plus(patience), () -> dismissal.allGone().complete(null));
    return dismissal.allGone().minimalCompletionStage();
  }

  private void after(Duration delay, Runnable what) {
    if (delay.isZero()) {
      what.run();
    } else {
      var _ = system.scheduler().scheduleOnce(delay, what, system.executionContext());
    }
  }

  private static void dismiss(List<WebSocketConnection> connections, Dismissal how) {
    connections.forEach(connection -> connection.loop().post(() -> connection.dismiss(how)));
  }
}
