package relay.http.throttle;

import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.core.limits.RateLimits;
import relay.http.access.ClientAddress;
import relay.http.access.IpAddress;

/** Applies the table of limits to requests. Whoever has no address is denied. */
public final class RequestLimits {
  private static final LimitDecision NOBODY = new LimitDecision.Denied(Duration.ofSeconds(1));

  private final ClientAddress addresses;
  private final RateLimits limits;

  public RequestLimits(ClientAddress addresses, RateLimits limits) {
    this.addresses = addresses;
    this.limits = limits;
  }

  /** Charges the address that a request comes from. */
  public LimitDecision takeOfAddress(Limit limit, HttpRequest request) {
    return addresses
        .of(request)
        .map(IpAddress::toString)
        .map(it -> limits.take(limit, it))
        .orElse(NOBODY);
  }

  /** What {@link #takeOfAddress} would say; charges nothing. */
  public LimitDecision lookAtAddress(Limit limit, HttpRequest request) {
    return addresses
        .of(request)
        .map(IpAddress::toString)
        .map(it -> limits.look(limit, it))
        .orElse(NOBODY);
  }

  /** Charges an account or a token's hash. */
  public LimitDecision take(Limit limit, String key) {
    return limits.take(limit, key);
  }

  /** What {@link #take} would say; charges nothing. */
  public LimitDecision look(Limit limit, String key) {
    return limits.look(limit, key);
  }
}
