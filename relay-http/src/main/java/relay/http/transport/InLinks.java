package relay.http.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.jspecify.annotations.Nullable;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.wire.ClusterMessage;
import relay.core.wire.FrameBatchReader;
import relay.core.wire.LinkMessage;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.core.wire.LinkMessage.FrameCredit;
import relay.core.wire.LinkMessage.LinkBroken;
import relay.core.wire.LinkMessage.TargetCongested;

/**
 * The receiving ends of links: sees that no batch is missing and brings frames to their loops.
 *
 * <p>Confined to the edge actor. It keeps one small entry for each lane of each other edge.
 */
final class InLinks {
  private static final EventLog LOG = EventLog.of(InLinks.class);

  private final SocketTable sockets;
  private final EdgeLoops loops;
  private final LinkLimits limits;
  private final TransportMeters meters;
  private final ActorRefResolver refs;
  private final String self;
  private final Map<String, Map<Integer, Lane>> lanes = new HashMap<>();

  InLinks(
      SocketTable sockets,
      EdgeLoops loops,
      LinkLimits limits,
      TransportMeters meters,
      ActorRefResolver refs,
      String self) {
    this.sockets = sockets;
    this.loops = loops;
    this.limits = limits;
    this.meters = meters;
    this.refs = refs;
    this.self = self;
  }

  void received(LinkMessage message) {
    switch (message) {
      case FrameBatch batch -> received(batch);
      case FrameCredit(var edge, var lane, var generation, var consumed) ->
          onLoop(lane, loop -> loop.aboutLink(edge, generation, link -> link.credit(consumed)));
      case TargetCongested(var edge, var lane, var generation, var socket, var isCongested) ->
          onLoop(
              lane,
              loop ->
                  loop.aboutLink(edge, generation, link -> link.congested(socket, isCongested)));
      case LinkBroken(var edge, var lane, var generation) ->
          onLoop(lane, loop -> loop.linkBroken(edge, generation));
    }
  }

  /** That edge will never send again. */
  void forget(String edge) {
    lanes.remove(edge);
  }

  private void onLoop(int index, Consumer<EdgeLoop> what) {
    EdgeLoop loop = loops.at(index);
    if (loop != null) {
      loop.post(() -> what.accept(loop));
    }
  }

  private void received(FrameBatch batch) {
    var ofEdge = lanes.computeIfAbsent(batch.fromEdge(), _ -> new HashMap<>());
    Lane lane = ofEdge.get(batch.lane());
    if (lane == null || lane.generation < batch.generation()) {
      lane = new Lane(batch.generation(), pathTo(batch));
      ofEdge.put(batch.lane(), lane);
    }
    if (batch.generation() < lane.generation) {
      return;
    }
    if (lane.isBroken) {
      // What was said of it may be lost as well, and then its sender would talk to nobody for ever.
      sayBroken(batch);
    } else if (batch.sequence() == lane.next) {
      lane.next++;
      tryRoute(batch, lane);
    } else {
      broken(batch, lane, "batch " + batch.sequence() + ", expected " + lane.next);
    }
  }

  private NodePath pathTo(FrameBatch batch) {
    ActorRef<ClusterMessage> edge = refs.resolveActorRef(batch.fromEdge());
    var lane = new NodePath.Lane(batch.fromEdge(), batch.lane(), batch.generation());
    return new NodePath(limits, edge, self, lane);
  }

  private void tryRoute(FrameBatch batch, Lane lane) {
    try {
      route(batch, lane.path);
    } catch (RuntimeException e) {
      // Whom the rest of it was for is not known.
      broken(batch, lane, FailurePlace.of(e));
    }
  }

  private void broken(FrameBatch batch, Lane lane, String why) {
    lane.isBroken = true;
    String edge = batch.fromEdge();
    LOG.warn("link_gap").with(LogKey.FROM, edge).with(LogKey.ERR, why).write();
    meters.linkBroken();
    sayBroken(batch);
    for (EdgeLoop loop : loops.all()) {
      loop.post(() -> loop.closePeersOf(edge));
    }
  }

  private void sayBroken(FrameBatch batch) {
    refs.<ClusterMessage>resolveActorRef(batch.fromEdge())
        .tell(new LinkBroken(self, batch.lane(), batch.generation()));
  }

  private void route(FrameBatch batch, ReturnPath path) {
    byte[] records = batch.records();
    long charge = limits.charge(records.length);
    path.arriving(charge, batch.wantsCredit());
    var reader = new FrameBatchReader(records);
    EdgeLoop loop = null;
    int from = 0;
    while (reader.next()) {
      WebSocketConnection connection = sockets.find(reader.socket());
      EdgeLoop next = connection == null ? null : connection.loop();
      if (next != loop) {
        post(loop, records, from, reader.start(), 0, path);
        loop = next;
        from = reader.start();
      }
      if (connection == null) {
        meters.strayed(1);
      }
    }
    post(loop, records, from, records.length, charge - records.length, path);
  }

  private static void post(
      @Nullable EdgeLoop loop, byte[] records, int from, int to, long rest, ReturnPath path) {
    long consumed = to - from + rest;
    if (loop == null) {
      path.consumed(consumed);
    } else {
      loop.post(
          () -> {
            try {
              loop.arrived(records, from, to, path);
            } finally {
              path.consumed(consumed);
            }
          });
    }
  }

  private static final class Lane {
    final int generation;
    final ReturnPath path;
    long next = 1;
    boolean isBroken;

    Lane(int generation, ReturnPath path) {
      this.generation = generation;
      this.path = path;
    }
  }
}
