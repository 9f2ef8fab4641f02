package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import relay.core.room.SocketAddress;
import relay.http.socket.Delivery;
import relay.http.socket.Target;

/**
 * The sockets that one socket sends to: where they are, and how something gets there. Confined to
 * its loop.
 *
 * <pre>
 * same loop ──────────► their arrivals, at once
 * another loop, node ─► the link's batch, as long as this socket's flow on it allows
 * </pre>
 */
final class SocketPeers {
  private final WebSocketConnection own;
  private final EdgeLoop loop;
  private final SocketInput input;
  private @Nullable Map<OutLink, Flow> flows;

  /**
   * @param input what waits when too much is under way
   */
  SocketPeers(WebSocketConnection own, EdgeLoop loop, SocketInput input) {
    this.own = own;
    this.loop = loop;
    this.input = input;
  }

  Target target(SocketAddress of) {
    if (!of.edge().equals(own.address().edge())) {
      return new RemoteTarget(flowOn(loop.linkTo(of.edge())), of.number());
    }
    WebSocketConnection found = loop.node().sockets().find(of.number());
    if (found == null || found.loop() == loop) {
      return new LocalTarget(found, null);
    }
    return new LocalTarget(found, flowOn(loop.linkTo(found.loop())));
  }

  boolean hasPeerOn(String edge) {
    return flows != null && flows.keySet().stream().anyMatch(link -> link.edge().equals(edge));
  }

  /** As {@link relay.http.socket.Socket#sendTo} says. */
  boolean sendTo(
      Target target,
      Delivery delivery,
      long epoch,
      byte[] head,
      ByteBuffer body,
      byte[] tail,
      int closeCode) {
    return switch (target) {
      case LocalTarget(var to, _) when to == null || to.isOver() -> false;
      case LocalTarget(var to, var flow) when flow != null ->
          send(
              new Parcel(delivery, epoch, head, body, tail, closeCode),
              flow,
              to.address().number());
      case LocalTarget(var to, _) ->
          to.arrivals().isTaking()
              && hand(
                  to.arrivals(), delivery, epoch, loop.joins().take(head, body, tail), closeCode);
      case RemoteTarget(var flow, var socket) ->
          send(new Parcel(delivery, epoch, head, body, tail, closeCode), flow, socket);
      default -> throw new IllegalArgumentException(target + " is not of this transport");
    };
  }

  private boolean send(Parcel parcel, Flow flow, long socket) {
    boolean isSent = loop.send(parcel, flow, socket);
    if (!isSent) {
      own.meters().dropped(SocketMeters.Drop.LINK_LOST, 1);
    }
    return isSent;
  }

  private boolean hand(
      SocketArrivals to, Delivery what, long epoch, ByteBuffer payload, int closeCode) {
    int position = payload.position();
    int limit = payload.limit();
    try {
      to.delivered(what, epoch, payload, closeCode, input);
    } finally {
      payload.limit(limit).position(position);
      loop.joins().giveBack();
    }
    return true;
  }

  private Flow flowOn(OutLink link) {
    if (flows == null) {
      flows = new HashMap<>(2);
    }
    flows.keySet().removeIf(OutLink::isLost);
    return flows.computeIfAbsent(link, it -> new Flow(it, input, loop.node().limits()));
  }
}
