package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;

/** From the browser to a Mac's last call: a whole relay, a provider, a command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedInIT {
  private static final MockOAuth2Server PROVIDER = started();

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.signin.providers.oidc.issuer", PROVIDER.issuerUrl("corp").toString())
          .with("relay.signin.providers.oidc.client-id", "relay")
          .with("relay.signin.providers.oidc.client-secret", "hunter2");

  private final ObjectMapper json = new ObjectMapper();

  private static MockOAuth2Server started() {
    MockOAuth2Server provider = new MockOAuth2Server();
    provider.start();
    return provider;
  }

  @AfterAll
  void stop() {
    PROVIDER.shutdown();
  }

  @Test
  void aPersonSignsInAndTheirMacUsesTheAccount() throws Exception {
    JsonNode credentials = signIn("subject-1", "ann@example.org");
    String key = credentials.path("api_key").textValue();
    assertThat(credentials.path("email").textValue()).isEqualTo("ann@example.org");

    assertThat(get("/profile", key).path("primary_provider").textValue()).isEqualTo("oidc");
    JsonNode usage = get("/usage", key);
    assertThat(usage.path("total_tokens").isIntegralNumber()).isTrue();
    assertThat(usage.path("extra_quota").path("active").booleanValue()).isTrue();
    assertThat(get("/usage/history", key).path("history").isArray()).isTrue();
    assertThat(get("/api/rooms", key).path("tier").textValue()).isEqualTo("free");

    String refresh = "{\"refresh_token\":" + credentials.path("refresh_token") + "}";
    String first = post("/auth/refresh", refresh, null).body();
    assertThat(post("/auth/refresh", refresh, null).body()).isEqualTo(first);
    String next = json.readTree(first).path("api_key").textValue();
    assertThat(get("/profile", next).path("email").textValue()).isEqualTo("ann@example.org");
    assertThat(post("/auth/revoke", "", next).statusCode()).isEqualTo(200);
    assertThat(status("/profile", next)).isEqualTo(401);
    assertThat(RELAY.ops("/metrics"))
        .contains("relay_signins_started_total{provider=\"oidc\"}")
        .doesNotContain("relay_signins_succeeded_total{provider=\"oidc\"} 0")
        .doesNotContain("relay_store_told_total");
  }

  @Test
  void signingInAgainFindsTheAccountAndGivesFurtherCredentials() throws Exception {
    String first = signIn("subject-2", "bob@example.org").path("api_key").textValue();
    String second = signIn("subject-2", "bob@example.org").path("api_key").textValue();

    assertThat(first).isNotEqualTo(second);
    assertThat(get("/profile", first).path("user_id"))
        .isEqualTo(get("/profile", second).path("user_id"));
  }

  @Test
  void anAccountThatIsBeingDeletedIsKeptBySigningInAgain() throws Exception {
    String key = signIn("subject-3", "eve@example.org").path("api_key").textValue();
    HttpResponse<String> deleted = send("DELETE", "/api/account", "", key);
    assertThat(json.readTree(deleted.body()).path("deleted").booleanValue()).isTrue();

    try (CommandLine terminal = new CommandLine()) {
      says("subject-3", "eve@example.org");
      HttpResponse<String> page = browse(terminal.login(address()));
      assertThat(page.body()).contains("Keep my account and sign in");
    }
    assertThat(post("/api/account/restore", "", key).statusCode()).isEqualTo(200);
    assertThat(get("/profile", key).has("deleted_at")).isFalse();
  }

  private JsonNode signIn(String subject, String email) throws Exception {
    try (CommandLine terminal = new CommandLine()) {
      says(subject, email);
      assertThat(browse(terminal.login(address())).body()).contains("Back to the terminal");
      String body = "{\"code\":\"" + terminal.code() + "\"}";
      JsonNode credentials = json.readTree(post("/auth/exchange", body, null).body());
      assertThat(post("/auth/exchange", body, null).statusCode()).isEqualTo(401);
      return credentials;
    }
  }

  private static void says(String subject, String email) {
    PROVIDER.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            "corp",
            subject,
            "JWT",
            List.of("relay"),
            Map.of("email", email, "email_verified", true, "name", "Name")));
  }

  /** Follows every redirect; the relay gets back the cookies it has set. */
  private static HttpResponse<String> browse(String address) throws Exception {
    List<String> cookies = new ArrayList<>();
    String next = address;
    try (HttpClient browser = HttpClient.newHttpClient()) {
      while (true) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(next));
        if (next.startsWith(address()) && !cookies.isEmpty()) {
          request.header("Cookie", String.join("; ", cookies));
        }
        HttpResponse<String> page = browser.send(request.build(), BodyHandlers.ofString());
        page.headers().allValues("Set-Cookie").stream()
            .map(it -> it.substring(0, it.indexOf(';')))
            .forEach(cookies::add);
        if (page.statusCode() / 100 != 3) {
          return page;
        }
        next = page.headers().firstValue("Location").orElseThrow();
      }
    }
  }

  private JsonNode get(String path, String key) throws Exception {
    HttpResponse<String> answer = send("GET", path, "", key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private static int status(String path, String key) throws Exception {
    return send("GET", path, "", key).statusCode();
  }

  private static HttpResponse<String> post(String path, String body, @Nullable String key)
      throws Exception {
    return send("POST", path, body, key);
  }

  private static HttpResponse<String> send(
      String method, String path, String body, @Nullable String key) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .method(method, BodyPublishers.ofString(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String address() {
    return "http://127.0.0.1:" + RELAY.port();
  }
}
