package relay.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.subscription.Balance;
import relay.core.subscription.Credits;
import relay.core.subscription.RoomLease;
import relay.core.subscription.UsageWindow;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.http.signin.OneTimeCodes.Purpose;

/** What the HTTP API answers, field by field (TermOnMac 1). */
class ApiRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiStage stage = new ApiStage(null);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aCodeIsExchangedOnce() throws Exception {
    String code = stage.codes.mint(Purpose.EXCHANGE, stage.ann).toCompletableFuture().join();
    String body = "{\"code\":\"" + code + "\"}";

    HttpResponse first = stage.post("/auth/exchange", body, null);

    JsonNode json = JSON.readTree(ok(first));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("api_key", "refresh_token", "name", "email");
    assertThat(json.path("name").textValue()).isEqualTo("Ann");
    assertThat(json.path("email").textValue()).isEqualTo("ann@example.org");
    assertThat(ok(stage.get("/profile", json.path("api_key").textValue()))).contains("Ann");
    error(stage.post("/auth/exchange", body, null), 401, "CODE_INVALID");
  }

  @Test
  void aCodeForAnotherPurposeIsNone() {
    String code = stage.codes.mint(Purpose.RESTORE, stage.ann).toCompletableFuture().join();

    error(stage.post("/auth/exchange", "{\"code\":\"" + code + "\"}", null), 401, "CODE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"code\":1}", "{\"code\":null}", "{}{}"})
  void aBodyThatIsNoneIsRefused(String body) {
    error(stage.post("/auth/exchange", body, null), 400, "BAD_REQUEST");
    error(stage.post("/auth/refresh", body, null), 400, "BAD_REQUEST");
  }

  @Test
  void aRefreshRepeatedIsTheSameBytes() {
    String body = "{\"refresh_token\":\"" + stage.anns.refreshToken().text() + "\"}";

    String first = ok(stage.post("/auth/refresh", body, null));

    assertThat(ok(stage.post("/auth/refresh", body, null))).isEqualTo(first);
    assertThat(first)
        .matches("\\{\"api_key\":\"rdkey_[0-9a-f]{32}\",\"refresh_token\":\"rdrt_[0-9a-f]{128}\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rdrt_short", "", "rdkey_0123456789abcdef0123456789abcdef"})
  void aTokenThatIsNoneIsInvalid(String token) {
    error(
        stage.post("/auth/refresh", "{\"refresh_token\":\"" + token + "\"}", null),
        401,
        "REFRESH_TOKEN_INVALID");
  }

  @Test
  void aKeyIsRevokedOnce() {
    assertThat(stage.post("/auth/revoke", "", stage.annsKey()).status().intValue()).isEqualTo(200);
    error(stage.post("/auth/revoke", "", stage.annsKey()), 401, "UNAUTHORIZED");
  }

  @Test
  void aProfileNamesThePerson() {
    assertThat(ok(stage.get("/profile", stage.annsKey())))
        .isEqualTo(
            "{\"user_id\":\"00000000000000000000000000000001\",\"email\":\"ann@example.org\","
                + "\"name\":\"Ann\",\"avatar_url\":\"https://a.example/ann.png\",\"providers\":[],"
                + "\"created_at\":1767225600000,\"last_login\":1767225600000}");
  }

  @Test
  void aProfileWithoutNameAndAddressStillCountsAsASession() {
    AccountId nameless = stage.accounts.add(PersonalDetails.NONE);
    String key = stage.accounts.credentials(nameless).apiKey().text();

    assertThat(ok(stage.get("/profile", key))).contains("\"name\":\"Account 00000000\"");
  }

  @Test
  void usageIsInWholeNumbers() {
    assertThat(ok(stage.get("/usage", stage.annsKey())))
        .isEqualTo(
            "{\"total_tokens\":1200,\"message_tokens\":1000,\"duration_tokens\":200,"
                + "\"remaining\":0,\"limit\":1000,\"period\":\"5h-98568\","
                + "\"period_label\":\"Mar 23, 00:00 – 05:00 UTC\","
                + "\"last_updated\":1774238400123,\"resets_at\":\"2026-03-23T05:00:00.000Z\"}");
  }

  @Test
  void theBonusIsShownBesideIt() {
    Balance before = stage.subscriptions.balance;
    stage.subscriptions.balance =
        new Balance(
            before.window(),
            1_000,
            new Balance.Bonus(10_000, 4_000, Instant.parse("2026-03-25T00:00:00Z"), true));

    assertThat(ok(stage.get("/usage", stage.annsKey())))
        .contains(
            "\"extra_quota\":{\"active\":true,\"remaining\":6000,\"limit\":10000,"
                + "\"expires_at\":\"2026-03-25T00:00:00.000Z\"}");
  }

  @Test
  void withoutLimitThereIsNothingRemaining() {
    stage.subscriptions.balance = new Balance(stage.subscriptions.balance.window(), -1, null);

    assertThat(ok(stage.get("/usage", stage.annsKey())))
        .contains("\"limit\":0,")
        .doesNotContain("remaining");
  }

  @Test
  void historyIsAListOfWindows() {
    assertThat(ok(stage.get("/usage/history", stage.annsKey()))).isEqualTo("{\"history\":[]}");
    stage.subscriptions.windows = List.of(new UsageWindow(98568, new Credits(5, 2), Instant.EPOCH));

    assertThat(ok(stage.get("/usage/history", stage.annsKey())))
        .isEqualTo(
            "{\"history\":[{\"period_label\":\"Mar 23, 00:00 – 05:00 UTC\","
                + "\"period\":\"5h-98568\",\"message_tokens\":5,\"duration_tokens\":2,"
                + "\"total_tokens\":7}]}");
  }

  @Test
  void roomsAreListedWithWhoIsThere() {
    Instant seen = Instant.ofEpochMilli(1_760_000_000_000L);
    stage.subscriptions.rooms =
        List.of(new RoomLease("K7X2M9QJ4T", seen, seen), new RoomLease("idle", seen, seen));
    stage.present.put("K7X2M9QJ4T", new AccountRooms.Presence(true, false, seen.plusMillis(5)));
    stage.present.put("idle", new AccountRooms.Presence(false, true, null));

    assertThat(ok(stage.get("/api/rooms", stage.annsKey())))
        .isEqualTo(
            "{\"rooms\":[{\"room_id\":\"K7X2M9QJ4T\",\"mac_connected\":true,"
                + "\"ios_connected\":false,\"last_seen\":1760000000005},"
                + "{\"room_id\":\"idle\",\"mac_connected\":false,\"ios_connected\":true,"
                + "\"last_seen\":1760000000000}],\"limit\":4,\"tier\":\"free\"}");
  }

  @Test
  void ifARoomDoesNotAnswerNoneIsTakenForAbandoned() {
    stage.subscriptions.rooms = List.of(new RoomLease("silent", Instant.EPOCH, Instant.EPOCH));

    error(stage.get("/api/rooms", stage.annsKey()), 503, "UNAVAILABLE");
  }

  @Test
  void aRoomIsDeletedByItsOwnerWhileItsMacIsAway() {
    stage.subscriptions.rooms = List.of(new RoomLease("idle", Instant.EPOCH, Instant.EPOCH));
    stage.releases.put("idle", AccountRooms.Release.RELEASED);
    stage.releases.put("busy", AccountRooms.Release.IN_USE);
    AccountId other = stage.accounts.add(PersonalDetails.NONE);
    String others = stage.accounts.credentials(other).apiKey().text();

    error(stage.delete("/api/rooms/idle", others), 404, "ROOM_NOT_FOUND");
    error(stage.delete("/api/rooms/busy", stage.annsKey()), 409, "ROOM_IN_USE");
    error(stage.delete("/api/rooms/unknown", stage.annsKey()), 404, "ROOM_NOT_FOUND");
    error(stage.delete("/api/rooms/a%20b", stage.annsKey()), 404, "ROOM_NOT_FOUND");
    assertThat(stage.subscriptions.changes).isEmpty();

    ok(stage.delete("/api/rooms/idle", stage.annsKey()));
    assertThat(stage.subscriptions.changes)
        .singleElement()
        .isInstanceOf(SubscriptionCommand.ReleaseRoom.class);
  }

  @Test
  void anAccountIsDeletedAndKeptAgain() {
    assertThat(ok(stage.delete("/api/account", stage.annsKey())))
        .isEqualTo(
            "{\"deleted\":true,\"deleted_at\":1767225600000,\"erased_after\":1769817600000}");
    assertThat(ok(stage.get("/profile", stage.annsKey()))).contains("\"deleted_at\":1767225600000");

    assertThat(ok(stage.post("/api/account/restore", "", stage.annsKey())))
        .isEqualTo("{\"deleted\":false}");
  }

  @Test
  void versionsAreEverybodysToRead() {
    assertThat(ok(stage.get("/server-info", null)))
        .isEqualTo(
            "{\"protocol_version\":1,\"min_protocol_version\":1,\"server\":\"relay\","
                + "\"server_version\":\"1.2.3\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/profile", "/usage", "/usage/history", "/api/rooms"})
  void withoutAKeyThatCountsNothingIsTold(String path) {
    error(stage.get(path, null), 401, "UNAUTHORIZED");
    error(stage.get(path, "rdkey_0123456789abcdef0123456789abcdef"), 401, "UNAUTHORIZED");
  }

  @Test
  void aDatabaseThatIsAwayIsNoRefusal() {
    stage.accounts.isAway = true;

    error(stage.get("/profile", stage.annsKey()), 503, "UNAVAILABLE");
    error(
        stage.post(
            "/auth/refresh",
            "{\"refresh_token\":\"" + stage.anns.refreshToken().text() + "\"}",
            null),
        503,
        "UNAVAILABLE");
  }

  @Test
  void anAddressWithTooManyWrongKeysIsRefusedUnasked() {
    for (int each = 0; each < 30; each++) {
      error(stage.get("/profile", "wrong"), 401, "UNAUTHORIZED");
    }

    HttpResponse refused = stage.get("/profile", stage.annsKey());
    error(refused, 429, "RATE_LIMITED");
    assertThat(refused.getHeader("Retry-After").orElseThrow().value()).isEqualTo("3");
    stage.peer = "192.0.2.8";
    ok(stage.get("/profile", stage.annsKey()));
  }

  @Test
  void anAccountReadsOnlySoOftenFromWhateverAddress() {
    for (int each = 0; each < 120; each++) {
      stage.peer = "192.0.2." + each;
      ok(stage.get("/profile", stage.annsKey()));
    }

    error(stage.get("/usage", stage.annsKey()), 429, "RATE_LIMITED");
    assertThat(stage.delete("/api/rooms/unknown", stage.annsKey()).status().intValue())
        .isEqualTo(404);
  }

  @Test
  void refreshesAreLimitedByTokenAndByAddress() {
    String body = "{\"refresh_token\":\"" + stage.anns.refreshToken().text() + "\"}";
    for (int each = 0; each < 12; each++) {
      stage.peer = "192.0.2." + each;
      ok(stage.post("/auth/refresh", body, null));
    }
    error(stage.post("/auth/refresh", body, null), 429, "RATE_LIMITED");

    stage.peer = "198.51.100.1";
    for (int each = 0; each < 30; each++) {
      assertThat(stage.post("/auth/refresh", "{}", null).status().intValue()).isEqualTo(400);
    }
    error(stage.post("/auth/refresh", "{}", null), 429, "RATE_LIMITED");
  }

  @Test
  void withASandboxKeyOnlyWhoSendsItIsServed() {
    try (ApiStage sandbox = new ApiStage("sand")) {
      error(sandbox.get("/profile", sandbox.annsKey()), 403, "SANDBOX_KEY_INVALID");
      error(
          sandbox.get("/profile", sandbox.annsKey(), "X-Sandbox-Key", "wrong"),
          403,
          "SANDBOX_KEY_INVALID");
      ok(sandbox.get("/profile", sandbox.annsKey(), "X-Sandbox-Key", "sand"));
      error(sandbox.post("/auth/exchange", "{}", null), 403, "SANDBOX_KEY_INVALID");
      error(sandbox.post("/auth/refresh", "{}", null), 403, "SANDBOX_KEY_INVALID");
      // Clients do not send it with these.
      error(sandbox.delete("/api/rooms/unknown", sandbox.annsKey()), 404, "ROOM_NOT_FOUND");
      ok(sandbox.post("/auth/revoke", "", sandbox.annsKey()));
    }
  }

  private static String ok(HttpResponse response) {
    assertThat(response.status().intValue()).as(ApiStage.text(response)).isEqualTo(200);
    assertThat(response.entity().getContentType().toString()).isEqualTo("application/json");
    return ApiStage.text(response);
  }

  private static void error(HttpResponse response, int status, String code) {
    assertThat(ApiStage.text(response)).isEqualTo("{\"error\":\"" + code + "\"}");
    assertThat(response.status().intValue()).isEqualTo(status);
  }
}
