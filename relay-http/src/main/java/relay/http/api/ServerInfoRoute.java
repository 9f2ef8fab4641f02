package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** {@code /server-info}: which versions of the protocol this relay speaks (TermOnMac 1.12). */
public final class ServerInfoRoute {
  /** The newest, which is the only one there has been. */
  private static final int PROTOCOL_VERSION = 1;

  private static final int MIN_PROTOCOL_VERSION = 1;

  private final HttpResponse answer;

  private record Info(
      int protocolVersion, int minProtocolVersion, String server, String serverVersion) {}

  /**
   * @param version this relay's own
   */
  public ServerInfoRoute(String version) {
    answer = ApiAnswer.ok(new Info(PROTOCOL_VERSION, MIN_PROTOCOL_VERSION, "relay", version));
  }

  public Route route() {
    return path("server-info", () -> get(() -> complete(answer)));
  }
}
