package relay.http.termonmac;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.termonmac.AccountCalls;

/**
 * A sign-in with a provider, from the Mac's command line to its credentials (TermOnMac 1.3, 1.4).
 */
final class ProviderSignIn implements AutoCloseable {
  private static final String CLIENT_SECRET = "canary-of-a-client-secret";
  private static final String CALLBACK = "http://127.0.0.1:19837/callback";
  private static final String CLI_STATE = "c0ffee00c0ffee11c0ffee22c0ffee33";

  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final Map<String, String> secrets = new LinkedHashMap<>();

  ProviderSignIn() {
    provider.start();
    secrets.put("client secret", CLIENT_SECRET);
  }

  RelayServerExtension configure(RelayServerExtension server) {
    return server
        .with("relay.signin.providers.oidc.issuer", provider.issuerUrl("corp").toString())
        .with("relay.signin.providers.oidc.client-id", "relay")
        .with("relay.signin.providers.oidc.client-secret", CLIENT_SECRET);
  }

  /** Signs in and exchanges the code, twice; returns the credentials. */
  JsonNode signIn(int port, AccountCalls calls, String email)
      throws IOException, InterruptedException {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            "corp",
            "subject-of-a-canary",
            "JWT",
            List.of("relay"),
            Map.of("email", email, "email_verified", true, "name", "Name")));
    String code = browse("http://127.0.0.1:" + port);
    secrets.put("one-time code", code);
    String body = "{\"code\":\"" + code + "\"}";
    JsonNode credentials = calls.send("POST", "/auth/exchange", body).body();
    calls.send("POST", "/auth/exchange", body);
    secrets.put("API key of a sign-in", credentials.path("api_key").asText());
    secrets.put("refresh token of a sign-in", credentials.path("refresh_token").asText());
    return credentials;
  }

  /** What nobody but browser, provider and relay is to see, by name. */
  Map<String, String> secrets() {
    return secrets;
  }

  /** Follows every redirect up to the one to the command line; returns its code. */
  private String browse(String relay) throws IOException, InterruptedException {
    List<String> cookies = new ArrayList<>();
    String next = relay + "/auth/web-login?port=19837&state=" + CLI_STATE + "&provider=oidc";
    try (HttpClient browser = HttpClient.newHttpClient()) {
      while (!next.startsWith(CALLBACK)) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(next));
        if (next.startsWith(relay) && !cookies.isEmpty()) {
          request.header("Cookie", String.join("; ", cookies));
        }
        HttpResponse<String> page = browser.send(request.build(), BodyHandlers.ofString());
        page.headers().allValues("Set-Cookie").stream()
            .map(it -> it.substring(0, it.indexOf(';')))
            .forEach(cookies::add);
        next = page.headers().firstValue("Location").orElseThrow();
        remember(next);
      }
    }
    cookies.forEach(it -> hold("cookie", it.substring(it.indexOf('=') + 1)));
    return parameters(next).getOrDefault("code", "");
  }

  private void remember(String location) {
    Map<String, String> parameters = parameters(location);
    for (String name : List.of("code", "nonce", "state", "code_challenge")) {
      String value = parameters.getOrDefault(name, "");
      if (!value.equals(CLI_STATE)) {
        hold(name + " of " + URI.create(location).getPath(), value);
      }
    }
  }

  private void hold(String name, String value) {
    if (value.length() >= Canaries.TELLING) {
      secrets.put(name, value);
    }
  }

  private static Map<String, String> parameters(String location) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = URI.create(location).getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    provider.shutdown();
  }
}
