package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;

/**
 * {@code ratelimit_middleware_test.go}, and what {@code proxyproto_test.go} says of buckets. Every
 * connection says by a PROXY header who it is, so that each test has addresses of its own.
 */
class RateLimitIT {
  private static final int BURST = 2;
  private static final String PROXY = "10.0.0.1";

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.limits.upgrades-per-ip", BURST + "/60m")
          .with("relay.http.proxy-protocol", "on")
          .with("relay.http.trusted-proxies", "10.0.0.0/8");

  @RegisterExtension final Peers peers = new Peers(RELAY);

  private final Numbers numbers = new Numbers(RELAY);

  @Test
  void rateLimitMiddlewareBurstThenDeny() {
    Map<String, Long> before = numbers.counters();
    expect(400, from("192.0.2.1"));
    expect(101, from("192.0.2.1").header("user-agent", "a phone"));
    expect(429, from("192.0.2.1").header("user-agent", "a phone"));
    numbers.awaitMoved(
        before,
        Map.of(
            Numbers.upgrades("client", "reject_headers"), 1L,
            Numbers.upgrades("client", "reject_404"), 1L,
            Numbers.failures("no_server"), 1L,
            Numbers.upgrades("client", "reject_rate_limit"), 1L,
            Numbers.failures("ratelimit"), 1L));
    // Written behind the count: the next test's log must not hear of it.
    peers.log().await("phone_register_no_server", "limited");
  }

  @Test
  void rateLimitMiddlewarePerIpIsolation() {
    exhaust("192.0.2.2");
    expect(400, from("192.0.2.3"));
    expect(400, from("2001:db8::3"));
    expect(429, from("192.0.2.2"));
  }

  @Test
  void rateLimitMiddlewareTrustXffBucketsByForwardedIp() {
    for (int i = 0; i < BURST; i++) {
      expect(400, from(PROXY).header("x-forwarded-for", "192.0.2.4"));
    }
    expect(429, from(PROXY).header("x-forwarded-for", "192.0.2.4"));
    expect(400, from(PROXY).header("x-forwarded-for", "192.0.2.5"));
    expect(429, from("192.0.2.4"));
  }

  @Test
  void rateLimitMiddlewareTrustXffOffIgnoresHeader() {
    for (int i = 0; i < BURST; i++) {
      expect(400, from("192.0.2.6").header("x-forwarded-for", "198.51.100." + i));
    }
    expect(429, from("192.0.2.6").header("x-forwarded-for", "198.51.100.77"));
  }

  @Test
  void rateLimitMiddlewareDenyEmitsOneLogLine() {
    exhaust("192.0.2.7");
    assertThat(peers.log().all()).as("whoever is let in causes no line").isEmpty();
    expect(429, from("192.0.2.7"));
    assertThat(peers.log().all())
        .containsExactly(
            new LogLines.Line("WARN", "rate_limited", Map.of("remote", "\"192.0.2.7\"")));
  }

  @Test
  void rateLimitMiddlewareRegistryNotTouchedOnDeny() {
    exhaust("192.0.2.8");
    for (String route : List.of("/v1/client", "/v1/server")) {
      expect(429, from("192.0.2.8", route).header("user-agent", "anybody"));
    }
    assertThat(RELAY.ops("/relay/rooms/pyrycode/limited")).contains("UNKNOWN_ROOM");
  }

  private void exhaust(String address) {
    for (int i = 0; i < BURST; i++) {
      expect(400, from(address));
    }
  }

  private void expect(int status, TestDial dial) {
    peers.connect(dial).expectHttp(status);
  }

  /** A phone from there, with a header missing so that it needs no binary. */
  private TestDial from(String address) {
    return from(address, "/v1/client");
  }

  private TestDial from(String address, String route) {
    TestDial dial =
        route.equals("/v1/client") ? peers.dialPhone("limited") : peers.dialBinary("limited");
    return dial.without("user-agent").proxied(new InetSocketAddress(address, 40_000));
  }
}
