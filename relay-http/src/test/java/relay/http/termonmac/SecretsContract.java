package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import relay.core.endtoend.PairingToken;
import relay.core.endtoend.QrPayload;
import relay.core.endtoend.RoomSecret;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.PhonePeer;
import relay.http.testing.termonmac.ServerMessage.QuotaExceeded;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;
import relay.http.testing.termonmac.TestAccounts.TestAccount;
import relay.persistence.Storage;

/**
 * After everything that has to do with secrets has happened once, none of them is anywhere: not in
 * the log, not in metrics, not in what operators read, not in the database. What a client sends as
 * a hash counts as a secret, too, since whoever has it can join; the database keeps hashes of
 * those.
 */
abstract class SecretsContract {
  private static final String PAYLOAD = "Y2FuYXJ5LXBheWxvYWQtdGhhdC1ub2JvZHktbWF5LXNlZQ==";

  private final Canaries canaries = new Canaries();

  /** What the room has to keep, and nobody but its sockets is to see. */
  private final Canaries keys = new Canaries();

  /** What may be anywhere, to show that the search finds what is there. */
  private final Canaries harmless = new Canaries();

  private final List<String> seen = new ArrayList<>();

  /** Not started yet. */
  abstract RelayServerExtension server();

  abstract Storage storage();

  @Test
  void noSecretIsEverWrittenDown() throws Exception {
    EveryLogEntry log = new EveryLogEntry();
    try (log;
        ProviderSignIn provider = new ProviderSignIn()) {
      RelayServerExtension server = provider.configure(server().with(RelayUnderTest.BONUS, 0));
      server.start();
      try {
        everythingWithSecrets(server, provider);
      } finally {
        // Whatever is written later than it happens is written when the node has ended.
        server.node().stop().toCompletableFuture().join();
      }
    }
    log.entries().forEach(entry -> seen.add("log: " + entry));
    assertThat(placesOf(keys)).as("logs and operators' answers with clients' keys").isEmpty();
    DatabaseText.of(storage()).forEach(value -> seen.add(value.where() + ": " + value.text()));

    canTell();
    assertThat(placesOf(canaries)).as("of " + seen.size() + " places those with secrets").isEmpty();
    assertThat(log.entries()).noneMatch(it -> it.contains("@example.org"));
  }

  private void everythingWithSecrets(RelayServerExtension server, ProviderSignIn provider)
      throws IOException, InterruptedException {
    RelayUnderTest relay =
        new RelayUnderTest(server::port, server::port, () -> server.node().opsAddress().getPort());
    TestAccount account = relay.newAccount();
    holdSecret(account);
    harmless.add("the account", account.userId());
    live(relay, account, server);
    mistakes(relay, account, server.port());
    spend(relay);
    JsonNode credentials = provider.signIn(server.port(), relay.calls(), "signed-in@example.org");
    assertThat(credentials.path("email").asText()).isEqualTo("signed-in@example.org");
    relay.calls().refresh(credentials.path("refresh_token").asText());
    provider.secrets().forEach((name, secret) -> canaries.add(name, secret));
    readBack("/metrics", server.ops("/metrics"));
  }

  /** The same search finds what is no secret: in operators' answers, tables and journal rows. */
  private void canTell() {
    assertThat(placesOf(harmless))
        .anyMatch(it -> it.startsWith("[the account] in an account"))
        .anyMatch(it -> it.toLowerCase(Locale.ROOT).contains("email_owner"))
        .anyMatch(it -> it.toLowerCase(Locale.ROOT).contains("event_payload"));
    assertThat(seen).anyMatch(it -> it.startsWith("log:") && it.contains("mac_registered"));
  }

  private List<String> placesOf(Canaries wanted) {
    return seen.stream()
        .filter(it -> !wanted.foundIn(it).isEmpty())
        .map(it -> wanted.foundIn(it) + " in " + it)
        .toList();
  }

  private void live(RelayUnderTest relay, TestAccount account, RelayServerExtension server) {
    try (Couple couple = Couple.of(relay, account)) {
      holdToken(couple.shown().token());
      couple.phone().memory().secrets().forEach(this::holdSecret);
      couple.talk("canary");
      couple.mac().send("{\"type\":\"relay\",\"payload\":\"" + PAYLOAD + "\"}");
      couple.mac().send("{\"type\":\"relay_batch\",\"payloads\":[\"" + PAYLOAD + "\"]}");
      canaries.add("payload", PAYLOAD);
      keys.add("the Mac's key", couple.mac().publicKey());
      couple.phone().leave();
      couple.phone().start();
      couple.awaitTogether();
      String room = "/relay/rooms/termonmac/" + couple.mac().roomId();
      readBack("a room", server.ops(room));
      readBack("its history", server.ops(room + "/history"));
      readBack("rooms", server.ops("/relay/rooms?dialect=termonmac"));
      readBack("an account", server.ops("/relay/accounts/" + account.userId()));
      couple.mac().dialAside();
      couple.awaitTogether();
    }
    AccountCalls.Answer fresh = relay.calls().refresh(account.refreshToken());
    relay.calls().refresh(account.refreshToken());
    canaries.add("new API key", fresh.body().path("api_key").asText());
    canaries.add("new refresh token", fresh.body().path("refresh_token").asText());
    relay.calls().get("/usage", account.apiKey());
    relay.calls().get("/profile", fresh.body().path("api_key").asText());
    relay.calls().post("/auth/revoke", fresh.body().path("api_key").asText());
  }

  /** What goes wrong is what gets logged. */
  private void mistakes(RelayUnderTest relay, TestAccount account, int port) {
    String stray = "rdkey_5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e";
    canaries.add("unknown API key", stray);
    relay.calls().get("/profile", stray);
    relay.calls().refresh("rdrt_" + "0ddba11".repeat(18) + "aa");
    canaries.add("unknown refresh token", "rdrt_" + "0ddba11".repeat(18) + "aa");
    relay.calls().send("POST", "/auth/refresh", "{\"refresh_token\": broken-canary-in-a-body");
    canaries.add("broken body", "broken-canary-in-a-body");
    relay.calls().send("POST", "/auth/exchange", "{\"code\":\"canary-of-a-one-time-code\"}");
    canaries.add("one-time code", "canary-of-a-one-time-code");
    TestPeer.to(port, "/ws?room_id=R&role=mac&token=canary-in-a-query")
        .header("Authorization", "Bearer " + stray)
        .header("X-Sandbox-Key", "canary-of-a-sandbox-key")
        .connect()
        .expectHttp(401)
        .close();
    canaries.add("query", "canary-in-a-query");
    canaries.add("sandbox key", "canary-of-a-sandbox-key");
    TestAccount other = relay.newAccount();
    holdSecret(other);
    try (TestPeer raw =
        TestPeer.to(port, "/ws?room_id=RAWCANARY&role=mac")
            .header("Authorization", "Bearer " + other.apiKey())
            .connect()
            .expectHttp(101)) {
      for (String broken :
          List.of(
              "{\"type\":\"canary-of-an-unknown-type\"}",
              "{\"type\":\"register_room\",\"secret_hash\":\"canary-of-a-broken-hash\"}",
              "canary-that-is-no-json")) {
        raw.send(broken).expectText();
      }
    }
    canaries.add("unknown type", "canary-of-an-unknown-type");
    canaries.add("broken hash", "canary-of-a-broken-hash");
    canaries.add("no JSON", "canary-that-is-no-json");
    readBack("an account", relay.calls().get("/profile", account.apiKey()).text());
  }

  private void spend(RelayUnderTest relay) {
    TestAccount account = relay.newAccount();
    holdSecret(account);
    try (MacPeer mac = relay.newMac(account)) {
      QrPayload shown = mac.pair();
      holdToken(shown.token());
      holdSecret(mac.memory().secret());
      mac.start();
      mac.expect(RoomRegistered.class);
      try (PhonePeer phone = PhonePeer.scanning(relay.phonePort(), account.apiKey(), shown)) {
        phone.start();
        phone.awaitTogether();
        holdSecret(mac.memory().secret());
        relay.accounts().limit(account, 1);
        mac.await(
            "the end of the credits",
            () -> {
              for (int i = 0; i < 20; i++) {
                mac.send("{\"type\":\"relay\",\"payload\":\"" + PAYLOAD + "\"}");
              }
              return mac.unread(QuotaExceeded.class) > 0;
            });
      }
    }
  }

  private void holdSecret(TestAccount account) {
    canaries.add("API key", account.apiKey());
    canaries.add("refresh token", account.refreshToken());
  }

  private void holdSecret(RoomSecret secret) {
    canaries.add("room secret", secret.text());
    canaries.add("room secret's hash", secret.hash());
  }

  private void holdToken(PairingToken token) {
    canaries.add("pairing token", token.text());
    canaries.add("pairing token's hash", token.hash());
  }

  private void readBack(String where, String text) {
    seen.add(where + ": " + text);
  }
}
