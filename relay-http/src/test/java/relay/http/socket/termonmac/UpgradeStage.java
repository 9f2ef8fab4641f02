package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import relay.core.limits.BucketSize;
import relay.core.limits.Limit;
import relay.core.limits.RateLimits;
import relay.core.settings.ApiSettings;
import relay.http.access.Authentication;
import relay.http.access.ClientAddress;
import relay.http.access.SandboxKey;
import relay.http.socket.Upgrade;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.RequestLimits;

/** The route with everything around it recorded, asked by values instead of connections. */
final class UpgradeStage {
  static final String KEY = "rdkey_0123456789abcdef0123456789abcdef";
  private static final Map<String, String> HANDSHAKE =
      Map.of(
          "Connection", "keep-alive, Upgrade",
          "Upgrade", "websocket",
          "Sec-WebSocket-Version", "13",
          "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");

  final Stage stage = new Stage();
  final List<String> keys = new ArrayList<>();
  final Map<Limit, BucketSize> sizes = new EnumMap<>(Limit.class);
  CompletionStage<Authentication> authentication = Stage.accepted(false);
  @Nullable String sandboxKey;
  private ConnectionCap cap = stage.cap;
  private RateLimits limits = new RateLimits(sizes, () -> 0L);
  private final ActorSystem<?> system;

  UpgradeStage(ActorSystem<?> system) {
    this.system = system;
  }

  static CompletionStage<Authentication> refused() {
    return CompletableFuture.completedFuture(new Authentication.Refused());
  }

  UpgradeStage cappedAt(int connections) {
    cap = new ConnectionCap(connections);
    return this;
  }

  ConnectionCap cap() {
    return cap;
  }

  UpgradeStage limiting(Limit limit, int times) {
    sizes.put(limit, new BucketSize(times, Duration.ofSeconds(6)));
    limits = new RateLimits(sizes, () -> 0L);
    return this;
  }

  RateLimits limits() {
    return limits;
  }

  CompletableFuture<HttpResponse> ask(HttpRequest request) {
    TermonmacPorts ports =
        new TermonmacPorts(
            stage.ports.rooms(),
            stage.allowance,
            stage.ports.signIns(),
            stage.ports.emails(),
            new RequestLimits(new ClientAddress(List.of()), limits),
            Stage.SETTINGS,
            stage.ports.credits(),
            stage.meters,
            stage.ports.random());
    UpgradeChecks checks =
        new UpgradeChecks(
            new SandboxKey(new ApiSettings(sandboxKey)),
            key -> {
              keys.add(String.valueOf(key));
              return authentication;
            },
            cap,
            ports);
    try {
      return new TermonmacRoute(ports, checks)
          .route()
          .handler(system)
          .apply(request)
          .toCompletableFuture();
    } catch (Exception e) {
      throw new AssertionError("the route failed", e);
    }
  }

  HttpResponse answer(HttpRequest request) {
    return ask(request).join();
  }

  int status(HttpRequest request) {
    return answer(request).status().intValue();
  }

  Upgrade upgrade(HttpRequest request) {
    HttpResponse response = answer(request);
    assertThat(response.status().intValue()).isEqualTo(101);
    return response.getAttribute(Upgrade.KEY).orElseThrow();
  }

  static String body(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }

  static HttpRequest mac() {
    return request("/ws?room_id=" + Stage.ROOM + "&role=mac");
  }

  static HttpRequest phone() {
    return request("/ws?room_id=" + Stage.ROOM + "&role=ios");
  }

  static HttpRequest request(String uri) {
    return bare(uri).addHeaders(handshake()).addHeader(bearer(KEY));
  }

  /** Without a key, and without a handshake. */
  static HttpRequest bare(String uri) {
    return HttpRequest.GET(uri)
        .addAttribute(
            Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 50_007));
  }

  static HttpHeader bearer(String key) {
    return RawHeader.create("Authorization", "Bearer " + key);
  }

  static List<HttpHeader> handshake() {
    List<HttpHeader> headers = new ArrayList<>();
    HANDSHAKE.forEach((name, value) -> headers.add(RawHeader.create(name, value)));
    return headers;
  }
}
