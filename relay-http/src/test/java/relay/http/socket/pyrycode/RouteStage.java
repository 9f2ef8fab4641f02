package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.core.limits.BucketSize;
import relay.http.access.ClientAddress;
import relay.http.socket.SocketHandler;
import relay.http.socket.Upgrade;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.UpgradeThrottle;

/** The routes with everything around them recorded, asked by values instead of connections. */
final class RouteStage {
  static final Map<String, String> HANDSHAKE =
      Map.of(
          "Connection", "keep-alive, Upgrade",
          "Upgrade", "websocket",
          "Sec-WebSocket-Version", "13",
          "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
  static final Map<String, String> BINARY =
      Map.of("X-Pyrycode-Server", "srv", "X-Pyrycode-Version", "1.2.3", "User-Agent", "pyry/1");
  static final Map<String, String> PHONE =
      Map.of("X-Pyrycode-Server", "srv", "X-Pyrycode-Token", "secret-token", "User-Agent", "app");

  final Stage stage = new Stage();
  long nanos;
  private ConnectionCap cap = stage.cap;
  private UpgradeThrottle throttle = UpgradeThrottle.off();
  private List<String> trustedProxies = List.of();
  private final ActorSystem<?> system;

  RouteStage(ActorSystem<?> system) {
    this.system = system;
  }

  RouteStage throttled() {
    throttle = UpgradeThrottle.of(new BucketSize(20, Duration.ofSeconds(6)), () -> nanos);
    return this;
  }

  RouteStage trusting(String proxies) {
    trustedProxies = List.of(proxies);
    return this;
  }

  RouteStage cappedAt(int connections) {
    cap = new ConnectionCap(connections);
    return this;
  }

  ConnectionCap cap() {
    return cap;
  }

  HttpResponse answer(HttpRequest request) {
    UpgradeGate gate =
        new UpgradeGate(new ClientAddress(trustedProxies), throttle, cap, stage.meters);
    try {
      var answer = new PyrycodeRoutes(stage.ports, gate).route().handler(system).apply(request);
      assertThat(answer.toCompletableFuture()).as("the loop need not wait").isDone();
      return answer.toCompletableFuture().join();
    } catch (Exception e) {
      throw new AssertionError("the route failed", e);
    }
  }

  int status(HttpRequest request) {
    return answer(request).status().intValue();
  }

  /** Neither without that one of the headers, nor with nothing in it (pyrycode 4.5). */
  void assertRefusedWithout(String header, String path, Map<String, String> whole) {
    Map<String, String> missing = new HashMap<>(whole);
    missing.remove(header);
    Map<String, String> empty = new HashMap<>(whole);
    empty.put(header, "");
    for (Map<String, String> headers : List.of(missing, empty)) {
      assertThat(status(request(path, HANDSHAKE, headers))).isEqualTo(400);
    }
  }

  /** The socket's handler that an upgrade yields. */
  SocketHandler upgrade(HttpRequest request) {
    HttpResponse response = answer(request);
    return response.getAttribute(Upgrade.KEY).orElseThrow().handler();
  }

  static HttpRequest server() {
    return request("/v1/server", HANDSHAKE, BINARY);
  }

  static HttpRequest client() {
    return request("/v1/client", HANDSHAKE, PHONE);
  }

  @SafeVarargs
  static HttpRequest request(String path, Map<String, String>... headers) {
    List<HttpHeader> all = new ArrayList<>();
    for (Map<String, String> some : headers) {
      some.forEach((name, value) -> all.add(RawHeader.create(name, value)));
    }
    return from("192.0.2.7", HttpRequest.GET(path).withHeaders(all));
  }

  static HttpRequest from(String address, HttpRequest request) {
    return request.addAttribute(
        Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral(address), 50_007));
  }
}
