package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.http.access.StrictBody;
import relay.http.socket.Upgrade;

/** A browser: keeps the relay's cookies, and visits providers over real HTTP. */
final class Browser {
  private final Function<HttpRequest, CompletionStage<HttpResponse>> relay;
  private final String base;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private String peer = "192.0.2.7";

  /**
   * @param base the relay's address, which it is not asked at
   */
  Browser(Function<HttpRequest, CompletionStage<HttpResponse>> relay, String base) {
    this.relay = relay;
    this.base = base;
  }

  Browser at(String address) {
    peer = address;
    return this;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** Opens a page of the relay, given its path or its whole address. */
  HttpResponse open(String address) {
    return ask(HttpRequest.GET(address.startsWith("/") ? base + address : address));
  }

  HttpResponse submit(String address, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return ask(
        HttpRequest.POST(address.startsWith("/") ? base + address : address)
            .withEntity(ContentTypes.APPLICATION_X_WWW_FORM_URLENCODED, body));
  }

  /** Opens a provider's page, and returns where it sends the browser, or its page. */
  java.net.http.HttpResponse<String> visit(String address) {
    try {
      return http.send(
          java.net.http.HttpRequest.newBuilder(URI.create(address)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** From the relay to the provider and back. */
  HttpResponse signIn(String login) {
    String page = location(open(login));
    String back = visit(page).headers().firstValue("Location").orElseThrow();
    assertThat(back).startsWith(base);
    return open(back);
  }

  static String location(HttpResponse response) {
    assertThat(response.status().intValue()).as(text(response)).isEqualTo(303);
    return response.getHeader("Location").orElseThrow().value();
  }

  static String parameter(String address, String name) {
    return Objects.requireNonNull(query(address).get(name), name);
  }

  static Map<String, String> query(String address) {
    return Arrays.stream(URI.create(address).getRawQuery().split("&"))
        .map(it -> it.split("=", 2))
        .collect(
            Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }

  static String text(HttpResponse response) {
    return StrictBody.text(HttpRequest.GET("/").withEntity(strict(response)));
  }

  private static org.apache.pekko.http.javadsl.model.HttpEntity.Strict strict(
      HttpResponse response) {
    return (org.apache.pekko.http.javadsl.model.HttpEntity.Strict) response.entity();
  }

  private HttpResponse ask(HttpRequest request) {
    String cookie =
        cookies.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("; "));
    HttpRequest whole =
        request.addAttribute(
            Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral(peer), 50_007));
    try {
      HttpResponse response =
          relay
              .apply(cookie.isEmpty() ? whole : whole.addHeader(RawHeader.create("Cookie", cookie)))
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      keepCookies(response);
      return response;
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  private void keepCookies(HttpResponse response) {
    for (HttpHeader header : response.getHeaders()) {
      if (header.is("set-cookie")) {
        String[] parts = header.value().split(";", 2);
        String[] pair = parts[0].split("=", 2);
        if (parts[1].contains("Max-Age=0")) {
          cookies.remove(pair[0]);
        } else {
          cookies.put(pair[0], pair[1]);
        }
      }
    }
  }
}
