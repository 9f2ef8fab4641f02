package relay.http.socket;

import java.net.InetSocketAddress;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * A route's answer that turns the connection into a socket: a 101 that carries this as attribute.
 *
 * <p>The listener has not checked the WebSocket handshake before the route ran; a route asks {@link
 * Handshake} for it at the place its dialect's check order demands.
 */
public record Upgrade(SocketHandler handler, SocketLimits limits) {
  /** Set by the route on its response. */
  public static final AttributeKey<Upgrade> KEY = AttributeKey.create("upgrade", Upgrade.class);

  /** Set by the listener on every request: the peer's address, PROXY header included. */
  public static final AttributeKey<InetSocketAddress> PEER =
      AttributeKey.create("peer", InetSocketAddress.class);

  public HttpResponse response() {
    return HttpResponse.create()
        .withStatus(StatusCodes.SWITCHING_PROTOCOLS)
        .addAttribute(KEY, this);
  }
}
