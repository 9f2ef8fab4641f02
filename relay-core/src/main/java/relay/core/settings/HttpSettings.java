package relay.core.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    int eventLoops) {

  /** PEM files: the certificate chain, leaf first, and its PKCS#8 private key. */
  public record TlsFiles(Path certificateChain, Path privateKey) {}

  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
