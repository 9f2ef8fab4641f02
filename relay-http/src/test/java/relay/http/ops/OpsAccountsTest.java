package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.ops.OpsCalls.assertError;
import static relay.http.ops.OpsCalls.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.subscription.RoomLease;
import relay.core.subscription.Tier;
import relay.core.subscription.entity.SubscriptionCommand;

/** The operators' calls about accounts, over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsAccountsTest {
  private static final String NOBODY = "ffffffffffffffffffffffffffffffff";

  private final OpsNode node = new OpsNode("hunter2");

  @BeforeAll
  void start() {
    node.start();
  }

  @AfterAll
  void stop() {
    node.stop();
  }

  @Test
  void anAccountIsMadeWithItsCredentialsTierAndBonus() throws Exception {
    node.subscriptions().changes.clear();

    JsonNode made =
        body(
            send("POST", "/relay/accounts", "{\"email\":\"New@Example.org\",\"tier\":\"pro\"}"),
            201);

    assertThat(made.fieldNames())
        .toIterable()
        .containsExactly("user_id", "api_key", "refresh_token");
    assertThat(made.path("api_key").textValue()).startsWith("rdkey_");
    assertThat(made.path("refresh_token").textValue()).startsWith("rdrt_");
    assertThat(node.subscriptions().changes.getFirst())
        .isInstanceOf(SubscriptionCommand.Welcome.class);
    assertThat(node.subscriptions().changes.getLast())
        .isInstanceOfSatisfying(
            SubscriptionCommand.GrantTier.class,
            it -> {
              assertThat(it.tier()).isEqualTo(Tier.PRO);
              assertThat(it.expiresAt()).isNull();
            });
    assertError(
        send("POST", "/relay/accounts", "{\"email\":\"new@example.org\"}"),
        OpsError.ACCOUNT_EXISTS);
  }

  @Test
  void aCallRepeatedWithItsKeyIsCarriedOutOnce() throws Exception {
    String key = UUID.randomUUID().toString();
    String body = "{\"email\":\"once@example.org\"}";

    HttpResponse<String> first = send("POST", "/relay/accounts", body, "Idempotency-Key", key);
    HttpResponse<String> second = send("POST", "/relay/accounts", body, "Idempotency-Key", key);

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertError(
        send(
            "POST", "/relay/accounts", "{\"email\":\"other@example.org\"}", "Idempotency-Key", key),
        OpsError.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void aCallThatFailedHalfWayIsFinishedByItsRepetition() throws Exception {
    String key = UUID.randomUUID().toString();
    String body = "{\"email\":\"half@example.org\",\"tier\":\"pro\"}";
    node.accounts.issuesNothing = true;
    assertError(
        send("POST", "/relay/accounts", body, "Idempotency-Key", key),
        OpsError.ACCOUNT_UNAVAILABLE);
    node.accounts.issuesNothing = false;
    String half =
        body(send("GET", "/relay/accounts?email=half@example.org", ""), 200)
            .path("user_id")
            .textValue();

    assertError(
        send("POST", "/relay/accounts", body, "Idempotency-Key", "another-" + key),
        OpsError.ACCOUNT_EXISTS);
    JsonNode made = body(send("POST", "/relay/accounts", body, "Idempotency-Key", key), 201);

    assertThat(made.path("user_id").textValue()).isEqualTo(half);
    assertThat(made.path("api_key").textValue()).startsWith("rdkey_");
    assertThat(body(send("POST", "/relay/accounts", body, "Idempotency-Key", key), 201))
        .isEqualTo(made);
  }

  @Test
  void anAccountIsShownWhole() throws Exception {
    AccountId account = node.accounts.add(new PersonalDetails("show@example.org", "Show", null));
    Instant seen = Instant.parse("2026-11-21T08:00:00Z");
    node.subscriptions().rooms = List.of(new RoomLease("K7X2M9QJ4T", seen, seen));

    JsonNode shown = body(send("GET", "/relay/accounts/" + account, ""), 200);

    assertThat(body(send("GET", "/relay/accounts?email=show@example.org", ""), 200))
        .isEqualTo(shown);
    assertError(
        send("GET", "/relay/accounts?email=nobody@example.org", ""), OpsError.UNKNOWN_ACCOUNT);
    assertError(send("GET", "/relay/accounts", ""), OpsError.BAD_REQUEST);

    assertThat(shown.path("email").textValue()).isEqualTo("show@example.org");
    assertThat(shown.path("created_at").textValue()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(shown.path("deleted_at").isNull()).isTrue();
    assertThat(shown.path("usage").path("period").textValue()).isEqualTo("5h-98568");
    assertThat(shown.path("usage").path("total").longValue()).isEqualTo(1_200);
    assertThat(shown.path("subscription").path("max_rooms").intValue()).isEqualTo(4);
    assertThat(shown.path("rooms").path(0).path("room_id").textValue()).isEqualTo("K7X2M9QJ4T");
  }

  @Test
  void aTierIsGrantedForeverOrUntilATime() throws Exception {
    String path = "/relay/accounts/" + account() + "/subscription";

    JsonNode until =
        body(send("PUT", path, "{\"tier\":\"premium\",\"expires_at\":1800000000000}"), 200);
    JsonNode forever = body(send("PUT", path, "{\"tier\":\"pro\"}"), 200);

    assertThat(until.path("tier").textValue()).isEqualTo("premium");
    assertThat(until.path("expires_at").textValue()).isEqualTo("2027-01-15T08:00:00Z");
    assertThat(forever.path("expires_at").isNull()).isTrue();
  }

  @Test
  void aQuotaIsSetAndTakenAway() throws Exception {
    String path = "/relay/accounts/" + account() + "/quota";

    assertThat(body(send("PUT", path, "{\"credits_per_window\":5}"), 200).path("quota").longValue())
        .isEqualTo(5);
    assertThat(body(send("DELETE", path, ""), 200).path("quota").isNull()).isTrue();
  }

  @Test
  void deletionIsBegunAndUndone() throws Exception {
    String path = "/relay/accounts/" + account();

    assertThat(body(send("DELETE", path, ""), 200).path("erased_after").textValue())
        .isEqualTo("2026-01-31T00:00:00Z");
    assertThat(body(send("POST", path + "/restore", ""), 200).path("deleted_at").isNull()).isTrue();
  }

  @Test
  void furtherCredentialsAreIssued() throws Exception {
    AccountId account = account();

    JsonNode issued = body(send("POST", "/relay/accounts/" + account + "/credentials", ""), 201);

    assertThat(issued.path("user_id").textValue()).isEqualTo(account.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"email\":1}",
        "{\"email\":\"nobody\"}",
        "{\"email\":\"a@b\",\"tier\":\"gold\"}",
        "{\"email\":\"a@b\",\"name\":1}"
      })
  void anAccountOfNothingIsRefused(String wrong) throws Exception {
    assertError(send("POST", "/relay/accounts", wrong), OpsError.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    |              |                                | UNKNOWN_ACCOUNT",
        "DELETE |              |                                | UNKNOWN_ACCOUNT",
        "POST   | /credentials |                                | UNKNOWN_ACCOUNT",
        "POST   | /restore     |                                | UNKNOWN_ACCOUNT",
        "PUT    | /subscription | {\"tier\":\"pro\"}             | UNKNOWN_ACCOUNT",
        "PUT    | /subscription | {\"tier\":\"gold\"}            | BAD_REQUEST",
        "PUT    | /subscription | {\"tier\":\"pro\",\"expires_at\":1.5} | BAD_REQUEST",
        "PUT    | /quota       | {\"credits_per_window\":1}     | UNKNOWN_ACCOUNT",
        "PUT    | /quota       | {\"credits_per_window\":\"1\"} | BAD_REQUEST",
        "PUT    | /quota       | {}                             | BAD_REQUEST",
        "DELETE | /quota       |                                | UNKNOWN_ACCOUNT",
        "PATCH  | /quota       |                                | METHOD_NOT_ALLOWED",
        "GET    | /nothing     |                                | NOT_FOUND"
      })
  void aWrongCallIsRefusedByItsCode(String method, String path, String body, OpsError error)
      throws Exception {
    String suffix = path == null ? "" : path;

    assertError(
        send(method, "/relay/accounts/" + NOBODY + suffix, body == null ? "" : body), error);
  }

  @Test
  void anIdThatIsNoneIsUnknown() throws Exception {
    assertError(send("GET", "/relay/accounts/ann", ""), OpsError.UNKNOWN_ACCOUNT);
  }

  @Test
  void anAccountThatDoesNotAnswerIsNamed() throws Exception {
    node.accounts.isAway = true;
    try {
      assertError(send("GET", "/relay/accounts/" + NOBODY, ""), OpsError.ACCOUNT_UNAVAILABLE);
    } finally {
      node.accounts.isAway = false;
    }
  }

  private AccountId account() {
    return node.accounts.add(PersonalDetails.NONE);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer hunter2";
    return OpsCalls.send(node, method, path, body, all);
  }
}
