package relay.http.app;

import java.net.InetSocketAddress;
import relay.core.settings.RelaySettings;

/** What a person who has just started a relay wants to know. */
final class Banner {
  private Banner() {}

  static String of(RelaySettings settings, int httpPort, InetSocketAddress ops) {
    String scheme = settings.http().tls() == null ? "" : "s";
    String host = settings.http().host().equals("0.0.0.0") ? "127.0.0.1" : settings.http().host();
    String opsUrl = "http://" + ops.getHostString() + ":" + ops.getPort();
    String data =
        settings.storage().isEmbedded()
            ? settings.storage().dataDir().toAbsolutePath().normalize()
                + " (embedded H2; set RELAY_JDBC_URL for PostgreSQL)"
            : "PostgreSQL";
    if (httpPort == 0) {
      return "relay %s is ready: it carries rooms and no sockets; ops at %s"
          .formatted(BuildVersion.current(), opsUrl);
    }
    return """
    relay %1$s is ready
      listening  http%2$s://%3$s:%4$d   clients connect to ws%2$s://<this host>:%4$d
      ops        %5$s   /ready /metrics /relay/rooms
      data       %6$s
    next
      %7$s probe --url ws%2$s://%8$s:%4$d   # a whole conversation through this relay
      %7$s account add --email you@example.org   # an account for a Mac, with its key
      curl http%2$s://%8$s:%4$d/healthz   # who is connected
      curl %5$s/relay/rooms   # the rooms; …/history tells why each socket closed
    Ctrl-C drains and stops.
    """
        .formatted(
            BuildVersion.current(),
            scheme,
            settings.http().host(),
            httpPort,
            opsUrl,
            data,
            System.getProperty("relay.command", "relay"),
            host);
  }
}
