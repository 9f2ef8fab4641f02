package relay.http.transport;

import io.netty.channel.ChannelHandler;
import relay.http.socket.Upgrade;

/** What follows the HTTP phase on a connection whose route has answered with an {@link Upgrade}. */
@FunctionalInterface
public interface SocketPhase {

  /**
   * Makes the handler that carries the connection from now on. Called on its event loop, when the
   * 101 is about to be written; the handler is added behind it, and then gets every byte behind the
   * request head. From now on the end of the peer's bytes closes the channel.
   *
   * @param remote the peer's {@code host:port}, PROXY header included
   */
  ChannelHandler begin(Upgrade upgrade, String remote);
}
