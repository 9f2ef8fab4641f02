package relay.http.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** GitHub's OAuth pages and the two calls of its API that sign-in makes. */
final class FakeGithub implements AutoCloseable {
  static final String CODE = "github-code";
  static final String TOKEN = "gho_token";
  static final String SECRET = "github-secret";

  volatile String user = "{\"id\":583231,\"login\":\"octocat\",\"name\":\"The Octocat\"}";
  volatile String emails =
      """
      [{"email":"old@example.org","primary":false,"verified":true},
       {"email":"Octo@Example.org","primary":true,"verified":true}]
      """;
  private volatile String challenge = "";
  private final HttpServer server;

  FakeGithub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/login/oauth/authorize", this::authorize);
    server.createContext("/login/oauth/access_token", this::token);
    server.createContext("/api/user", it -> api(it, user));
    server.createContext("/api/user/emails", it -> api(it, emails));
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
    challenge = query.getOrDefault("code_challenge", "");
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            query.get("redirect_uri") + "?code=" + CODE + "&state=" + query.get("state"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** As GitHub does, it says with 200 what is wrong. */
  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = fields(body(exchange));
    boolean isRight =
        CODE.equals(form.get("code"))
            && SECRET.equals(form.get("client_secret"))
            && challenge.equals(s256(form.getOrDefault("code_verifier", "")))
            && "application/json".equals(exchange.getRequestHeaders().getFirst("Accept"));
    answer(
        exchange,
        200,
        isRight
            ? "{\"access_token\":\"%s\",\"scope\":\"read:user,user:email\",\"token_type\":\"bearer\"}"
                .formatted(TOKEN)
            : "{\"error\":\"bad_verification_code\"}");
  }

  private static void api(HttpExchange exchange, String body) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    boolean isKnown = ("Bearer " + TOKEN).equals(given);
    answer(exchange, isKnown ? 200 : 401, isKnown ? body : "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> fields(String text) {
    return Optional.of(Objects.requireNonNullElse(text, ""))
        .flatMap(FormFields::parse)
        .orElseThrow();
  }

  private static String s256(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
