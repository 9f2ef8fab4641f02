package relay.http.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.CloseCause;
import relay.core.wire.FrameBatchReader;

/**
 * What the sockets of one event loop share: the end of the tick, and the ways to other loops.
 *
 * <p>Sockets are read a few at a time, then those are flushed that were written to: code that does
 * the same again and again stays in the processor's cache. What comes later for them in the same
 * tick, and everything for other loops, goes out together at its end.
 */
final class EdgeLoop {
  private static final EventLog LOG = EventLog.of(EdgeLoop.class);
  private static final int LINK_LOST = 1011;

  /** Some 50 microseconds' worth, which the first of them waits. */
  private static final int READS_BEFORE_FLUSH = 32;

  private final EdgeNode node;
  private final EventLoop eventLoop;
  private final int index;
  private final LoopTimers timers;
  private final LoopInbox inbox;
  private final Map<EdgeLoop, OutLink> loopLinks = new HashMap<>();
  private final Map<String, OutLink> nodeLinks = new HashMap<>();
  private final List<OutLink> filled = new ArrayList<>();
  private final JoinSpace joins = new JoinSpace();
  private final Runnable tickEnd = this::endTick;
  private List<SocketOutput> dirty = new ArrayList<>();
  private List<SocketOutput> spare = new ArrayList<>();
  private boolean isTickEnding;
  private long tick;
  private int reads;
  private int generations;

  EdgeLoop(EdgeNode node, EventLoop eventLoop, int index) {
    this.node = node;
    this.eventLoop = eventLoop;
    this.index = index;
    this.timers = LoopTimers.of(eventLoop);
    this.inbox = new LoopInbox(eventLoop);
  }

  EdgeNode node() {
    return node;
  }

  LoopTimers timers() {
    return timers;
  }

  long now() {
    return timers.now();
  }

  JoinSpace joins() {
    return joins;
  }

  /** Runs it on this loop, after everything posted before; from any thread. */
  void post(Runnable what) {
    inbox.post(what);
  }

  void dirty(SocketOutput output) {
    dirty.add(output);
    endTickSoon();
  }

  /** One channel has been read. */
  void readComplete() {
    reads++;
    if (reads < READS_BEFORE_FLUSH || dirty.isEmpty()) {
      return;
    }
    reads = 0;
    List<SocketOutput> touched = swapDirty();
    for (SocketOutput output : touched) {
      if (!output.flushOnce(tick)) {
        dirty.add(output);
      }
    }
    touched.clear();
  }

  private void endTickSoon() {
    if (!isTickEnding) {
      isTickEnding = true;
      eventLoop.execute(tickEnd);
    }
  }

  private void endTick() {
    isTickEnding = false;
    tick++;
    reads = 0;
    List<SocketOutput> touched = swapDirty();
    touched.forEach(SocketOutput::flush);
    touched.clear();
    filled.forEach(OutLink::ship);
    filled.clear();
  }

  private List<SocketOutput> swapDirty() {
    List<SocketOutput> touched = dirty;
    dirty = spare;
    spare = touched;
    return touched;
  }

  /** Sends something along a link; false if that is lost. */
  boolean send(Parcel parcel, Flow flow, long socket) {
    OutLink link = flow.link();
    if (link.isLost()) {
      return false;
    }
    if (link.isEmpty()) {
      filled.add(link);
      endTickSoon();
    }
    link.append(parcel, socket, flow);
    return true;
  }

  OutLink linkTo(String edge) {
    return nodeLinks.computeIfAbsent(
        edge,
        _ -> {
          generations++;
          node.actor().tell(new EdgeActor.Watch(edge));
          return new OutLink(
              edge, generations, node.limits(), NodePath.carrier(node, edge, index, generations));
        });
  }

  OutLink linkTo(EdgeLoop other) {
    return loopLinks.computeIfAbsent(
        other,
        _ ->
            new OutLink(
                node.address(),
                0,
                node.limits().withoutPieces(),
                new LoopPath(node.limits(), this, other)));
  }

  /** Brings records of another loop or node to their sockets. */
  void arrived(byte[] records, int from, int to, ReturnPath path) {
    var reader = new FrameBatchReader(records, from, to);
    while (reader.next()) {
      WebSocketConnection connection = node.sockets().find(reader.socket());
      if (connection == null || connection.loop() != this) {
        node.meters().strayed(1);
      } else {
        connection.arrivals().take(reader, path);
      }
    }
  }

  void aboutLink(String edge, int generation, Consumer<OutLink> what) {
    OutLink link = nodeLinks.get(edge);
    if (link != null && link.generation() == generation) {
      what.accept(link);
    }
  }

  /** That edge has missed something this loop sent. */
  void linkBroken(String edge, int generation) {
    @Nullable OutLink link = nodeLinks.get(edge);
    if (link != null && link.generation() == generation) {
      LOG.warn("link_broken").with(LogKey.TO, edge).write();
      node.meters().linkBroken();
      edgeGone(edge);
      closePeersOf(edge);
    }
  }

  /** That edge will never answer again. */
  void edgeGone(String edge) {
    OutLink link = nodeLinks.remove(edge);
    if (link != null) {
      link.lose();
      peersLost(edge);
    }
  }

  /** Says to every socket that had a peer on that edge that its node is gone. */
  void peersLost(String edge) {
    peersOf(edge).forEach(connection -> connection.arrivals().nodeLost(edge));
  }

  /** Closes every socket that has a peer on that edge: one of them has lost a frame. */
  void closePeersOf(String edge) {
    for (WebSocketConnection connection : peersOf(edge)) {
      connection.closeNow(LINK_LOST, "link lost", CloseCause.NODE_LOST);
    }
  }

  private List<WebSocketConnection> peersOf(String edge) {
    return node.sockets().all().stream()
        .filter(connection -> connection.loop() == this && connection.peers().hasPeerOn(edge))
        .toList();
  }
}
