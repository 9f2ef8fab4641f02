package relay.http.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;

/** Where the relay under test listens, and how its clients ask to be let in (pyrycode 1.3). */
public record Endpoint(InetSocketAddress address) {
  private static final int DEFAULT_PORT = 80;

  /** Reads {@code ws://host:port}. */
  public static Endpoint parse(String url) {
    URI uri = URI.create(url);
    if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(url + ": expected ws://host:port");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new Endpoint(new InetSocketAddress(uri.getHost(), port));
  }

  String agentHead(String room) {
    return head("/v1/server", room, "x-pyrycode-version: 1.0.0");
  }

  String phoneHead(String room) {
    return head(
        "/v1/client", room, "x-pyrycode-token: 0123456789abcdef\nx-pyrycode-device-name: bench");
  }

  private String head(String path, String room, String more) {
    return """
    GET %s HTTP/1.1
    host: %s:%d
    connection: Upgrade
    upgrade: websocket
    sec-websocket-version: 13
    sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==
    user-agent: relay-bench/1
    x-pyrycode-server: %s
    %s

    """
        .formatted(path, address.getHostString(), address.getPort(), room, more)
        .replace("\n", "\r\n");
  }
}
