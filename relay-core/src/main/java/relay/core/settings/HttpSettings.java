package relay.core.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public listener.
 *
 * @param port 0 takes a free one
 * @param tls null serves plain HTTP
 * @param proxyProtocol whether every connection must begin with a PROXY v2 header
 * @param trustedProxies CIDR ranges whose {@code X-Forwarded-For} is believed
 * @param maxHeadBytes most bytes of a request line and its headers, each bounded by it; 431 past it
 * @param maxBodyBytes most bytes of a request body; 413 past it
 * @param headTimeout from the first byte awaited to the end of a request head (pyrycode 1.7), 5 s;
 *     also the time for a PROXY header and a TLS handshake
 * @param bodyTimeout for a request body, 60 s
 * @param idleTimeout between two requests of one connection, 120 s
 * @param maxUnsentBytes of one connection that the kernel may hold before they are on the network,
 *     128 KiB; what is more waits in the socket's own queue, whose bound is its dialect's
 * @param eventLoops threads that carry sockets; 0 means half the cores, at least 1
 */
public record HttpSettings(
    String host,
    int port,
    @Nullable TlsFiles tls,
    boolean proxyProtocol,
    List<String> trustedProxies,
    int maxHeadBytes,
    int maxBodyBytes,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxUnsentBytes,
    int eventLoops) {
  private static final String KEY = "relay.http.";
  private static final Pattern CIDR = Pattern.compile("[0-9a-fA-F:.]+(/\\d{1,3})?");

  /** PEM files: the certificate chain, leaf first, and its PKCS#8 private key. */
  public record TlsFiles(Path certificateChain, Path privateKey) {

    private static @Nullable TlsFiles from(Section section) {
      Optional<String> chain = section.optionalText("certificate-chain");
      Optional<String> key = section.optionalText("private-key");
      if (chain.isPresent() != key.isPresent()) {
        throw new InvalidSetting(
            section.full(chain.isPresent() ? "private-key" : "certificate-chain"),
            null,
            "a PEM file, since the other half of the pair is set");
      }
      return chain.isEmpty()
          ? null
          : new TlsFiles(Path.of(chain.orElseThrow()), Path.of(key.orElseThrow()));
    }
  }

  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
    Expect.notBlank(KEY + "host", host);
    Expect.port(KEY + "port", port);
    for (String proxy : trustedProxies) {
      if (!CIDR.matcher(proxy).matches()) {
        throw new InvalidSetting(
            KEY + "trusted-proxies", proxy, "addresses or CIDR ranges such as 10.0.0.0/8");
      }
    }
    Expect.positive(KEY + "max-head-bytes", maxHeadBytes);
    Expect.notNegative(KEY + "max-body-bytes", maxBodyBytes);
    Expect.positive(KEY + "head-timeout", headTimeout);
    Expect.positive(KEY + "body-timeout", bodyTimeout);
    Expect.positive(KEY + "idle-timeout", idleTimeout);
    Expect.positive(KEY + "max-unsent-bytes", maxUnsentBytes);
    Expect.notNegative(KEY + "event-loops", eventLoops);
  }

  static HttpSettings from(Section section) {
    return new HttpSettings(
        section.text("host"),
        section.number("port"),
        TlsFiles.from(section.section("tls")),
        section.flag("proxy-protocol"),
        section.list("trusted-proxies"),
        section.smallBytes("max-head-bytes"),
        section.smallBytes("max-body-bytes"),
        section.duration("head-timeout"),
        section.duration("body-timeout"),
        section.duration("idle-timeout"),
        section.smallBytes("max-unsent-bytes"),
        section.number("event-loops"));
  }
}
