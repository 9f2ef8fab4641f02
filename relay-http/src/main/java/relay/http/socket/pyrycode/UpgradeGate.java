package relay.http.socket.pyrycode;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.http.access.ClientAddress;
import relay.http.access.IpAddress;
import relay.http.socket.BareError;
import relay.http.socket.Handshake;
import relay.http.socket.Upgrade;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.socket.pyrycode.PyrycodeMeters.RegisterFailure;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.UpgradeThrottle;

/**
 * What a request passes on its way to becoming a socket, in the order of pyrycode 1.2: a request
 * that is rate limited takes no place, and one that finds no place is not counted as rate limited.
 */
public final class UpgradeGate {
  private static final EventLog LOG = EventLog.of(UpgradeGate.class);

  private final ClientAddress addresses;
  private final UpgradeThrottle throttle;
  private final ConnectionCap cap;
  private final PyrycodeMeters meters;

  public UpgradeGate(
      ClientAddress addresses, UpgradeThrottle throttle, ConnectionCap cap, PyrycodeMeters meters) {
    this.addresses = addresses;
    this.throttle = throttle;
    this.cap = cap;
    this.meters = meters;
  }

  /** The value of a header's first occurrence, or an empty text. */
  static String header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value).orElse("");
  }

  HttpResponse answer(
      Endpoint endpoint,
      List<String> requiredHeaders,
      HttpRequest request,
      Function<ConnectionCap.Slot, Upgrade> upgrade) {
    Optional<IpAddress> client = addresses.of(request);
    if (!throttle.allows(client)) {
      return rateLimited(endpoint, client);
    }
    Optional<ConnectionCap.Slot> slot = cap.take();
    if (slot.isEmpty()) {
      return full(endpoint, request);
    }
    boolean isUpgraded = false;
    try {
      Optional<HttpResponse> refusal = refusal(endpoint, requiredHeaders, request);
      HttpResponse answer = refusal.orElseGet(() -> upgrade.apply(slot.get()).response());
      isUpgraded = refusal.isEmpty();
      return answer;
    } finally {
      if (!isUpgraded) {
        slot.get().release();
      }
    }
  }

  /** The address is quoted within the value, as the Go relay's log has it (pyrycode 6.1). */
  private HttpResponse rateLimited(Endpoint endpoint, Optional<IpAddress> client) {
    meters.upgradeDecided(endpoint, Outcome.REJECT_RATE_LIMIT);
    meters.registerFailed(RegisterFailure.RATELIMIT);
    LOG.warn("rate_limited")
        .with(LogKey.REMOTE, '"' + client.map(IpAddress::toString).orElse("") + '"')
        .write();
    return BareError.of(StatusCodes.TOO_MANY_REQUESTS);
  }

  private static HttpResponse full(Endpoint endpoint, HttpRequest request) {
    LOG.warn("conn_cap_reached")
        .with(LogKey.PATH, endpoint.path())
        .with(LogKey.REMOTE, ClientAddress.remote(request))
        .write();
    return BareError.of(StatusCodes.SERVICE_UNAVAILABLE);
  }

  private Optional<HttpResponse> refusal(
      Endpoint endpoint, List<String> requiredHeaders, HttpRequest request) {
    for (String name : requiredHeaders) {
      if (header(request, name).isEmpty()) {
        meters.upgradeDecided(endpoint, Outcome.REJECT_HEADERS);
        return Optional.of(BareError.of(StatusCodes.BAD_REQUEST));
      }
    }
    return Handshake.refusal(request);
  }
}
