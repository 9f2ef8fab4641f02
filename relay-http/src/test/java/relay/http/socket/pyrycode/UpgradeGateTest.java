package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.FakeSocket;
import relay.http.socket.Upgrade;
import relay.http.testing.LogLines;

/** The checks before the upgrade, and their order (pyrycode 1.2, 6.1, 6.2). */
class UpgradeGateTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  @AutoClose private final LogLines log = new LogLines();
  private final RouteStage routes = new RouteStage(TEST_KIT.system());

  private static HttpRequest bare(String path, String address) {
    return RouteStage.from(address, HttpRequest.GET(path));
  }

  private void spend(int requests, String address) {
    for (int i = 0; i < requests; i++) {
      assertThat(routes.status(bare("/v1/client", address))).isEqualTo(400);
    }
  }

  @Test
  void burstThenDeny() {
    routes.throttled();
    spend(20, "192.0.2.7");

    assertThat(routes.status(bare("/v1/client", "192.0.2.7"))).isEqualTo(429);
    assertThat(routes.status(bare("/v1/server", "192.0.2.7")))
        .as("both routes share a bucket")
        .isEqualTo(429);

    routes.nanos += Duration.ofSeconds(6).toNanos();
    assertThat(routes.status(RouteStage.client())).isEqualTo(101);
    assertThat(routes.status(RouteStage.client())).isEqualTo(429);
    assertThat(routes.stage.meters.counts())
        .isEqualTo(
            Map.of(
                "client reject_headers", 20,
                "client reject_rate_limit", 2,
                "server reject_rate_limit", 1,
                "ratelimit", 3));
  }

  @Test
  void perIpIsolation() {
    routes.throttled();
    spend(20, "192.0.2.7");

    assertThat(routes.status(bare("/v1/client", "192.0.2.7"))).isEqualTo(429);
    assertThat(routes.status(bare("/v1/client", "192.0.2.8"))).isEqualTo(400);
  }

  @Test
  void trustXffBucketsByForgedIp() {
    routes.throttled().trusting("10.0.0.0/8");
    for (int i = 0; i < 40; i++) {
      HttpRequest request =
          bare("/v1/client", "10.0.0.1")
              .addHeader(RawHeader.create("X-Forwarded-For", "198.51.100." + i));
      assertThat(routes.status(request)).isEqualTo(400);
    }
  }

  @Test
  void trustXffOffIgnoresHeader() {
    routes.throttled();
    spend(20, "10.0.0.1");

    HttpRequest request =
        bare("/v1/client", "10.0.0.1")
            .addHeader(RawHeader.create("X-Forwarded-For", "198.51.100.1"));
    assertThat(routes.status(request)).isEqualTo(429);
  }

  @Test
  void emptyIpDeniesWithoutTouchingLimiter() {
    routes.throttled();

    assertThat(routes.status(HttpRequest.GET("/v1/client"))).isEqualTo(429);
    assertThat(log.lines()).containsExactly("WARN rate_limited {remote=\"\"}");
  }

  @Test
  void denyEmitsOneLogLine() {
    routes.throttled();
    spend(20, "192.0.2.7");

    HttpResponse denied = routes.answer(RouteStage.server());

    assertThat(log.lines()).containsExactly("WARN rate_limited {remote=\"192.0.2.7\"}");
    assertThat(((HttpEntity.Strict) denied.entity()).getData().utf8String()).isEqualTo("\n");
  }

  @Test
  void allowEmitsNoLogLine() {
    routes.throttled();

    routes.answer(RouteStage.client());

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void registryNotTouchedOnDeny() {
    routes.throttled();
    spend(20, "192.0.2.7");

    HttpResponse denied = routes.answer(RouteStage.server());

    assertThat(denied.getAttribute(Upgrade.KEY)).isEmpty();
    assertThat(routes.stage.rooms.next()).isEmpty();
    assertThat(routes.cap().taken()).isZero();
  }

  @Test
  void connCapOverCap503BeforeHandler() {
    routes.cappedAt(1);
    routes.upgrade(RouteStage.server());

    assertThat(routes.status(bare("/v1/client", "192.0.2.7")))
        .as("the cap comes before the header gate")
        .isEqualTo(503);
    assertThat(routes.status(RouteStage.server())).isEqualTo(503);

    assertThat(routes.stage.meters.counts()).isEmpty();
    assertThat(log.lines())
        .containsExactly(
            "WARN conn_cap_reached {path=/v1/client, remote=192.0.2.7:50007}",
            "WARN conn_cap_reached {path=/v1/server, remote=192.0.2.7:50007}");
  }

  @Test
  void aRateLimitedRequestTakesNoPlace() {
    routes.throttled().cappedAt(1);
    routes.upgrade(RouteStage.server());

    for (int i = 0; i < 19; i++) {
      assertThat(routes.status(RouteStage.client())).isEqualTo(503);
    }
    assertThat(routes.status(RouteStage.client())).isEqualTo(429);
  }

  @Test
  void sharedSlotReleasedOnEveryExit() {
    routes.cappedAt(1);
    FakeSocket closed = FakeSocket.open(routes.upgrade(RouteStage.server()), 1);
    closed.tell(new RoomNotice.AgentGranted(1, 1, false));
    assertThat(routes.cap().taken()).isOne();
    closed.end(CloseCause.PEER_CLOSED, 1000);

    FakeSocket refused = FakeSocket.open(routes.upgrade(RouteStage.client()), 2);
    refused.tell(new RoomNotice.Refused(2, Refusal.NO_AGENT));
    assertThat(routes.cap().taken()).as("until the connection has ended").isOne();
    refused.end(CloseCause.REFUSED, 4404);

    FakeSocket expired = FakeSocket.open(routes.upgrade(RouteStage.client()), 3);
    expired.tell(new RoomNotice.PhoneGranted(3, 1, null, 30_000));
    expired.tell(new RoomNotice.Close(3, 1000, "", CloseCause.GRACE_EXPIRED));
    expired.end(CloseCause.GRACE_EXPIRED, 1000);

    assertThat(routes.status(RouteStage.request("/v1/server", RouteStage.BINARY))).isEqualTo(426);
    assertThat(routes.status(bare("/v1/server", "192.0.2.7"))).isEqualTo(400);

    assertThat(routes.cap().taken()).isZero();
    assertThat(routes.status(RouteStage.client())).isEqualTo(101);
  }

  @Test
  void theHeaderGateComesBeforeTheHandshake() {
    assertThat(routes.status(bare("/v1/client", "192.0.2.7"))).isEqualTo(400);
    assertThat(routes.status(RouteStage.request("/v1/client", RouteStage.PHONE))).isEqualTo(426);
    assertThat(routes.stage.meters.counts())
        .as("a failed handshake is not counted")
        .isEqualTo(Map.of("client reject_headers", 1));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void theFirstValueOfARepeatedHeaderCounts() {
    List<HttpHeader> others = new ArrayList<>();
    RouteStage.client().getHeaders().forEach(others::add);
    others.removeIf(header -> header.is("x-pyrycode-server"));

    assertThat(routes.upgrade(twice("srv", "other", others)).room().id()).isEqualTo("srv");
    assertThat(routes.status(twice("", "srv", others))).isEqualTo(400);
  }

  private static HttpRequest twice(String first, String second, List<HttpHeader> others) {
    List<HttpHeader> headers = new ArrayList<>(others);
    headers.add(RawHeader.create("X-Pyrycode-Server", first));
    headers.add(RawHeader.create("x-pyrycode-server", second));
    return RouteStage.client().withHeaders(headers);
  }

  @Test
  void otherPathsAreNotTheDialects() {
    for (String path : new String[] {"/v2/server", "/v1/server/", "/v1", "/v1/client/x"}) {
      assertThat(routes.status(RouteStage.from("192.0.2.7", HttpRequest.GET(path)))).isEqualTo(404);
    }
  }

  @Test
  void socketsGetTheirDialectsLimits() {
    var phone = routes.answer(RouteStage.client()).getAttribute(Upgrade.KEY).orElseThrow();
    var binary = routes.answer(RouteStage.server()).getAttribute(Upgrade.KEY).orElseThrow();

    assertThat(phone.limits().maxMessageBytes()).isEqualTo(262_144);
    assertThat(phone.limits().maxQueuedBytes()).isEqualTo(4_194_304);
    assertThat(phone.limits().messageOverheadBytes()).isEqualTo(64);
    assertThat(phone.limits().pausesSenders()).as("a slow phone delays nobody").isFalse();
    assertThat(binary.limits().pausesSenders()).isTrue();
  }
}
