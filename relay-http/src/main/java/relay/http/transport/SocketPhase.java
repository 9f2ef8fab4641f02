package relay.http.transport;

import io.netty.channel.ChannelHandler;
import relay.http.socket.Upgrade;

/** What follows the HTTP phase on a connection whose route has answered with an {@link Upgrade}. */
@FunctionalInterface
public interface SocketPhase {

  /**
   * Makes the handler that carries the connection from now on. Called on its event loop, when the
   * 101 has been written and before any byte behind the request head is delivered.
   *
   * @param remote the peer's {@code host:port}, PROXY header included
   */
  ChannelHandler begin(Upgrade upgrade, String remote);
}
