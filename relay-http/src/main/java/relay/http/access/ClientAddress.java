package relay.http.access;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import relay.http.socket.Upgrade;

/**
 * Whose request it is, as far as limits are concerned (pyrycode 6.3).
 *
 * <p>{@code X-Forwarded-For} is believed only where the connection comes from a trusted proxy. Each
 * proxy appends the address it was called from, so the list is walked from its right end past the
 * trusted ones; the first other entry is the client. What stands left of it may be the client's
 * invention. An entry that is no address ends the walk at the proxy that reported it; a list of
 * trusted addresses only yields its leftmost.
 *
 * <p>The whole address is the client's, also in IPv6: a host with a /64 of its own has as many
 * addresses, which only {@code relay.limits.max-connections} bounds.
 */
public final class ClientAddress {
  private static final String FORWARDED_FOR = "x-forwarded-for";

  private final List<IpRange> trustedProxies;

  /**
   * @param trustedProxies addresses and CIDR ranges
   */
  public ClientAddress(List<String> trustedProxies) {
    this.trustedProxies = trustedProxies.stream().map(IpRange::parse).toList();
  }

  /** Empty where the listener does not know the peer; such a request is to be denied. */
  public Optional<IpAddress> of(HttpRequest request) {
    return request
        .getAttribute(Upgrade.PEER)
        .map(InetSocketAddress::getAddress)
        .map(IpAddress::of)
        .map(peer -> isTrusted(peer) ? forwarded(request, peer) : peer);
  }

  /** The peer's {@code host:port} for the log, never taken from a header; "" where unknown. */
  public static String remote(HttpRequest request) {
    return request
        .getAttribute(Upgrade.PEER)
        .filter(peer -> !peer.isUnresolved())
        .map(ClientAddress::text)
        .orElse("");
  }

  private static String text(InetSocketAddress peer) {
    IpAddress host = IpAddress.of(peer.getAddress());
    return (host.isIpv6() ? "[" + host + "]" : host.toString()) + ":" + peer.getPort();
  }

  private IpAddress forwarded(HttpRequest request, IpAddress peer) {
    IpAddress nearest = peer;
    for (String entry : entries(request).reversed()) {
      Optional<IpAddress> reported = IpAddress.parse(entry);
      if (reported.isEmpty()) {
        return nearest;
      }
      nearest = reported.get();
      if (!isTrusted(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private static List<String> entries(HttpRequest request) {
    List<String> entries = new ArrayList<>();
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(FORWARDED_FOR)) {
        entries.addAll(List.of(header.value().split(",", -1)));
      }
    }
    return entries;
  }

  private boolean isTrusted(IpAddress address) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }
}
