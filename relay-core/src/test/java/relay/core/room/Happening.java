package relay.core.room;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that happens to a room, to or by a socket. Agents' sockets and phones' sockets are
 * different ones, and two edges share both.
 */
record Happening(Kind kind, long number, boolean byAgent, int seconds) {

  enum Kind {
    AGENT_ATTACHES,
    PHONE_ATTACHES,
    LEAVES,
    PROBE_ANSWERED,
    PROBE_TIMES_OUT,
    GRACE_ASKED,
    EDGE_LOST,
    RECONCILED,
    EDGE_SILENT,
    NODE_DIES,
    FORGOTTEN
  }

  Verdict to(Scene scene) {
    Arbiter arbiter = scene.arbiter();
    return switch (kind) {
      case AGENT_ATTACHES -> arbiter.attachAgent(Scene.claim(socket()), scene.now());
      case PHONE_ATTACHES -> arbiter.attachPhone(Scene.claim(socket()), scene.now());
      case LEAVES -> arbiter.detach(socket(), CloseCause.PEER_DROPPED, 0, scene.now());
      case PROBE_ANSWERED ->
          arbiter.probeAnswered(
              arbiter.room().agentHolder().map(Slot::socket).orElse(socket()),
              arbiter.contest().probe(),
              scene.now());
      case PROBE_TIMES_OUT -> arbiter.probeTimedOut(arbiter.contest().probe(), scene.now());
      case GRACE_ASKED -> arbiter.graceElapsed(socket(), scene.now());
      case EDGE_LOST -> arbiter.edgesLost(Set.of(socket().edge()), scene.now());
      case RECONCILED ->
          arbiter.reconcile(socket().edge(), List.of(socket().number()), scene.now());
      case EDGE_SILENT -> arbiter.edgeSilent(socket().edge(), scene.now());
      case NODE_DIES -> new Verdict(List.of(), List.of(), Contest.NONE);
      case FORGOTTEN -> arbiter.forget(scene.now());
    };
  }

  SocketAddress socket() {
    boolean agent =
        switch (kind) {
          case AGENT_ATTACHES -> true;
          case PHONE_ATTACHES, GRACE_ASKED -> false;
          case LEAVES,
              PROBE_ANSWERED,
              PROBE_TIMES_OUT,
              EDGE_LOST,
              RECONCILED,
              EDGE_SILENT,
              NODE_DIES,
              FORGOTTEN ->
              byAgent;
        };
    String edge = number % 3 == 0 ? Scene.OTHER_EDGE : Scene.EDGE;
    return new SocketAddress(edge, agent ? number + 100 : number);
  }

  /** The sockets that end with it, so that there is nobody to tell. */
  Predicate<SocketAddress> ended() {
    return switch (kind) {
      case LEAVES -> socket()::equals;
      case EDGE_LOST -> it -> it.edge().equals(socket().edge());
      case RECONCILED -> it -> it.edge().equals(socket().edge()) && !it.equals(socket());
      case AGENT_ATTACHES,
          PHONE_ATTACHES,
          PROBE_ANSWERED,
          PROBE_TIMES_OUT,
          GRACE_ASKED,
          EDGE_SILENT,
          NODE_DIES,
          FORGOTTEN ->
          _ -> false;
    };
  }
}
