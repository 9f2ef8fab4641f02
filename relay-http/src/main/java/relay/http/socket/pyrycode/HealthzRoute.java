package relay.http.socket.pyrycode;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/** Says to anybody, by any method, that this node is there and who is connected to it (8.6). */
public final class HealthzRoute {
  private static final Pattern PLAIN = Pattern.compile("[\\w.+-]{1,64}");
  private static final ContentType JSON =
      MediaTypes.customWithOpenCharset("application", "json", Map.of(), false)
          .toContentType(HttpCharsets.custom("utf-8"));
  private static final HttpHeader NOT_STORED = RawHeader.create("Cache-Control", "no-store");

  private final String version;
  private final ConnectedSockets connected;
  private final Supplier<Duration> uptime;

  public HealthzRoute(String version, ConnectedSockets connected, Supplier<Duration> uptime) {
    if (!PLAIN.matcher(version).matches()) {
      throw new IllegalArgumentException(version + " is no version: it goes into JSON as it is");
    }
    this.version = version;
    this.connected = connected;
    this.uptime = uptime;
  }

  public Route route() {
    return path("healthz", () -> extractRequest(_ -> complete(answer())));
  }

  private HttpResponse answer() {
    return HttpResponse.create()
        .withHeaders(List.of(NOT_STORED))
        .withEntity(HttpEntities.create(JSON, body().getBytes(StandardCharsets.UTF_8)));
  }

  /** The order of the keys is part of the contract. */
  private String body() {
    return "{\"status\":\"ok\",\"version\":\""
        + version
        + "\",\"connected_binaries\":"
        + connected.binaries()
        + ",\"connected_phones\":"
        + connected.phones()
        + ",\"uptime_seconds\":"
        + uptime.get().toSeconds()
        + "}";
  }
}
