package relay.http.socket.termonmac;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.protocol.termonmac.RoomId;
import relay.core.subscription.entity.RoomReply;
import relay.http.access.Authentication;
import relay.http.access.Authenticator;
import relay.http.access.ClientAddress;
import relay.http.access.SandboxKey;
import relay.http.socket.Handshake;
import relay.http.socket.Upgrade;
import relay.http.socket.termonmac.TermonmacMeters.Outcome;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.RequestLimits;

/**
 * What a request passes on its way to becoming a socket: the sandbox key (403), the API key (401),
 * the account (410), the rates (429), the request itself (400, 426), and for a Mac its room (403),
 * in this order.
 *
 * <p>A place is taken first of all, so that no more requests are under way than there may be
 * sockets; and an address whose keys were refused too often is not looked at any more.
 */
public final class UpgradeChecks {
  private static final EventLog LOG = EventLog.of(UpgradeChecks.class);
  private static final String BEARER = "Bearer ";

  private final SandboxKey sandboxKey;
  private final RequestLimits limits;
  private final Authenticator authenticator;
  private final ConnectionCap cap;
  private final Allowance allowance;
  private final TermonmacMeters meters;

  public UpgradeChecks(
      SandboxKey sandboxKey, Authenticator authenticator, ConnectionCap cap, TermonmacPorts ports) {
    this.sandboxKey = sandboxKey;
    this.limits = ports.limits();
    this.authenticator = authenticator;
    this.cap = cap;
    this.allowance = ports.allowance();
    this.meters = ports.meters();
  }

  /** Who may have a socket, for what, and the place it takes. */
  record Passed(Caller caller, Arrival arrival, ConnectionCap.Slot slot) {}

  /** One request on its way. */
  private record Attempt(
      HttpRequest request, ConnectionCap.Slot slot, Function<Passed, Upgrade> upgrade) {

    Arrival arrival() {
      return new Arrival(
          parameter("room_id"), Arrival.Hint.of(parameter("role")), OptionalInt.empty());
    }

    private String parameter(String name) {
      return request.getUri().query().get(name).orElse("");
    }
  }

  /** Completes soon, and never fails. */
  CompletionStage<HttpResponse> answer(HttpRequest request, Function<Passed, Upgrade> upgrade) {
    Optional<ConnectionCap.Slot> slot = cap.take();
    if (slot.isEmpty()) {
      return CompletableFuture.completedFuture(refuse(UpgradeRefusal.OVERLOADED, request));
    }
    return authenticate(new Attempt(request, slot.get(), upgrade))
        .exceptionally(_ -> refuse(UpgradeRefusal.UNAVAILABLE, request))
        .whenComplete(
            (response, _) -> {
              if (response.getAttribute(Upgrade.KEY).isEmpty()) {
                slot.get().release();
              }
            });
  }

  private CompletionStage<HttpResponse> authenticate(Attempt attempt) {
    if (!sandboxKey.letsIn(attempt.request)) {
      return done(refuse(UpgradeRefusal.SANDBOX_KEY_INVALID, attempt.request));
    }
    LimitDecision mayTry = limits.lookAtAddress(Limit.UNAUTHORIZED, attempt.request);
    if (mayTry instanceof LimitDecision.Denied denied) {
      return done(rateLimited(attempt, denied));
    }
    String key =
        attempt
            .request
            .getHeader("Authorization")
            .map(HttpHeader::value)
            .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(it -> it.substring(BEARER.length()).strip())
            .orElse(null);
    return authenticator
        .authenticate(key)
        .thenCompose(
            authentication ->
                switch (authentication) {
                  case Authentication.Accepted accepted -> admit(attempt, accepted);
                  case Authentication.Refused _ -> {
                    var _ = limits.takeOfAddress(Limit.UNAUTHORIZED, attempt.request);
                    yield done(refuse(UpgradeRefusal.UNAUTHORIZED, attempt.request));
                  }
                });
  }

  private CompletionStage<HttpResponse> admit(Attempt attempt, Authentication.Accepted accepted) {
    if (accepted.isDeleted()) {
      return done(refuse(UpgradeRefusal.ACCOUNT_DELETED, attempt.request));
    }
    if (rate(attempt, accepted.account().value()) instanceof LimitDecision.Denied denied) {
      return done(rateLimited(attempt, denied));
    }
    Arrival arrival = attempt.arrival();
    Optional<HttpResponse> handshake = Handshake.refusal(attempt.request);
    if (!RoomId.isValid(arrival.roomId()) || handshake.isPresent()) {
      return done(malformed(attempt.request, handshake));
    }
    Caller caller =
        new Caller(accepted.account(), accepted.family(), Optional.ofNullable(accepted.email()));
    return arrival.hint() == Arrival.Hint.MAC
        ? withRoom(attempt, caller, arrival)
        : done(pass(attempt, caller, arrival));
  }

  private LimitDecision rate(Attempt attempt, String account) {
    LimitDecision trusted = limits.look(Limit.AUTH_FAILED, account);
    LimitDecision ofAccount =
        trusted.isAllowed() ? limits.take(Limit.UPGRADES_OF_ACCOUNT, account) : trusted;
    return ofAccount.isAllowed()
        ? limits.takeOfAddress(Limit.UPGRADES_OF_ADDRESS, attempt.request)
        : ofAccount;
  }

  private CompletionStage<HttpResponse> withRoom(Attempt attempt, Caller caller, Arrival arrival) {
    return allowance
        .acquireRoom(caller.account(), arrival.roomId())
        .thenApply(
            reply ->
                switch (reply) {
                  case RoomReply.RoomGranted(var maxSessions) ->
                      pass(attempt, caller, arrival.granted(maxSessions));
                  case RoomReply.RoomLimit _ -> refuse(UpgradeRefusal.ROOM_LIMIT, attempt.request);
                });
  }

  private HttpResponse pass(Attempt attempt, Caller caller, Arrival arrival) {
    meters.upgradeDecided(Outcome.ACCEPTED);
    return attempt.upgrade.apply(new Passed(caller, arrival, attempt.slot)).response();
  }

  /** The headers of the handshake's own answer say what would have been right. */
  private HttpResponse malformed(HttpRequest request, Optional<HttpResponse> handshake) {
    boolean isNoUpgrade =
        handshake.filter(it -> it.status().equals(StatusCodes.UPGRADE_REQUIRED)).isPresent();
    HttpResponse refusal =
        refuse(isNoUpgrade ? UpgradeRefusal.UPGRADE_REQUIRED : UpgradeRefusal.BAD_REQUEST, request);
    return handshake
        .map(it -> refusal.withStatus(it.status()).addHeaders(it.getHeaders()))
        .orElse(refusal);
  }

  private HttpResponse rateLimited(Attempt attempt, LimitDecision.Denied denied) {
    Duration wait = denied.retryAfter();
    return refuse(UpgradeRefusal.RATE_LIMITED, attempt.request)
        .addHeader(
            RawHeader.create(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
  }

  private HttpResponse refuse(UpgradeRefusal why, HttpRequest request) {
    meters.upgradeDecided(why.outcome());
    switch (why) {
      case RATE_LIMITED, OVERLOADED, UNAVAILABLE ->
          LOG.warn("upgrade_refused")
              .with(LogKey.PATH, TermonmacRoute.PATH)
              .with(LogKey.REMOTE, ClientAddress.remote(request))
              .with(LogKey.ERR, why)
              .write();
      // Every retry of a client that cannot get in would be a line.
      case SANDBOX_KEY_INVALID,
          UNAUTHORIZED,
          ACCOUNT_DELETED,
          BAD_REQUEST,
          UPGRADE_REQUIRED,
          ROOM_LIMIT -> {}
    }
    return why.response();
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
