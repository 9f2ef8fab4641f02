package relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relay.http.socket.Upgrade;

/** Parity test 132, with trust by range in the place of all-or-nothing. */
class ClientAddressTest {
  private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:f::/48");

  private static HttpRequest from(String peer) {
    return HttpRequest.GET("/v1/client")
        .addAttribute(Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral(peer), 50_007));
  }

  private static String client(List<String> proxies, HttpRequest request) {
    return new ClientAddress(proxies).of(request).map(IpAddress::toString).orElse("");
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.5, 203.0.113.5", "2001:db8::5, 2001:db8::5"})
  void withoutProxiesItIsThePeer(String peer, String client) {
    HttpRequest request = from(peer).addHeader(RawHeader.create("X-Forwarded-For", "198.51.100.1"));

    assertThat(client(List.of(), request)).isEqualTo(client);
  }

  @Test
  void aPeerNobodyKnowsHasNoAddress() {
    assertThat(new ClientAddress(List.of()).of(HttpRequest.GET("/"))).isEmpty();
    HttpRequest unresolved =
        HttpRequest.GET("/")
            .addAttribute(Upgrade.PEER, InetSocketAddress.createUnresolved("host.invalid", 1));
    assertThat(new ClientAddress(PROXIES).of(unresolved)).isEqualTo(Optional.empty());
    assertThat(ClientAddress.remote(unresolved)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'198.51.100.1', 198.51.100.1",
    "'  198.51.100.1  ', 198.51.100.1",
    "'198.51.100.1:4711', 198.51.100.1",
    "'2001:db8::7', 2001:db8::7",
    "'[2001:db8::7]:4711', 2001:db8::7",
    "'203.0.113.66, 198.51.100.1', 198.51.100.1",
    "'203.0.113.66, 198.51.100.1, 10.2.2.2, 10.3.3.3', 198.51.100.1",
    "'10.2.2.2, 10.3.3.3', 10.2.2.2",
    "'203.0.113.66, nonsense, 10.3.3.3', 10.3.3.3",
    "'203.0.113.66, unknown', 10.1.1.1",
    "'', 10.1.1.1",
    "' , ', 10.1.1.1",
    "'198.51.100.1,', 10.1.1.1"
  })
  void behindAProxyItIsTheNearestAddressThatIsNone(String forwardedFor, String client) {
    HttpRequest request =
        from("10.1.1.1").addHeader(RawHeader.create("X-Forwarded-For", forwardedFor));

    assertThat(client(PROXIES, request)).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    HttpRequest request =
        from("2001:db8:f::1")
            .withHeaders(
                List.of(
                    RawHeader.create("x-forwarded-for", "203.0.113.66"),
                    RawHeader.create("X-FORWARDED-FOR", "198.51.100.1, 10.4.4.4")));

    assertThat(client(PROXIES, request)).isEqualTo("198.51.100.1");
  }

  @Test
  void aProxyThatNamesNobodyIsTheClient() {
    assertThat(client(PROXIES, from("10.1.1.1"))).isEqualTo("10.1.1.1");
  }

  @Test
  void strangersAreNotBelieved() {
    HttpRequest request =
        from("203.0.113.5").addHeader(RawHeader.create("X-Forwarded-For", "198.51.100.1"));

    assertThat(client(PROXIES, request)).isEqualTo("203.0.113.5");
  }

  @Test
  void theLogSaysThePeerAndItsPort() {
    assertThat(ClientAddress.remote(from("203.0.113.5"))).isEqualTo("203.0.113.5:50007");
    assertThat(ClientAddress.remote(from("2001:db8::1"))).isEqualTo("[2001:db8::1]:50007");
    assertThat(ClientAddress.remote(HttpRequest.GET("/"))).isEmpty();
  }
}
