package relay.http.probe;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Tries a running relay as its clients do: a binary and a phone of its own meet in a room nobody
 * else knows, shake hands end to end and ask and answer through the relay (pyrycode 11.3).
 */
public final class RelayProbe {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RelayProbe() {}

  /**
   * Probes the relay at a {@code ws}, {@code wss}, {@code http} or {@code https} address. What goes
   * wrong is in the report.
   */
  public static ProbeReport run(URI url, ProbeOptions options) {
    URI base = base(url);
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.patience());
    options.tls().ifPresent(client::sslContext);
    try (HttpClient http = client.build()) {
      return new ProbeRun(base, options, http, InstantSource.system(), RANDOM).report();
    }
  }

  private static URI base(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String socketScheme =
        switch (scheme) {
          case "ws", "http" -> "ws";
          case "wss", "https" -> "wss";
          default -> throw new IllegalArgumentException(url + " is no ws or wss address");
        };
    return URI.create(socketScheme + "://" + url.getRawAuthority() + "/");
  }
}
