package relay.http.testing.termonmac;

import java.util.function.IntSupplier;

/** Accounts as an operator makes and changes them. */
public final class TestAccounts {
  private final AccountCalls ops;

  public TestAccounts(IntSupplier opsPort) {
    ops = new AccountCalls(opsPort);
  }

  /** An account and what its Mac and phones sign in with. */
  public record TestAccount(String userId, String email, String apiKey, String refreshToken) {}

  public TestAccount create(String email) {
    AccountCalls.Answer made =
        ask("POST", "", "{\"email\":\"" + email + "\",\"name\":\"Test\"}", 201);
    return new TestAccount(
        made.body().path("user_id").asText(),
        email,
        made.body().path("api_key").asText(),
        made.body().path("refresh_token").asText());
  }

  public void grant(TestAccount account, String tier) {
    ask("PUT", "/" + account.userId() + "/subscription", "{\"tier\":\"" + tier + "\"}", 200);
  }

  public void limit(TestAccount account, long creditsPerWindow) {
    ask(
        "PUT",
        "/" + account.userId() + "/quota",
        "{\"credits_per_window\":" + creditsPerWindow + "}",
        200);
  }

  public void delete(TestAccount account) {
    AccountCalls.Answer answer = ops.send("DELETE", "/relay/accounts/" + account.userId(), "");
    if (answer.status() / 100 != 2) {
      throw new AssertionError("expected the account to be deleted, but got " + answer);
    }
  }

  private AccountCalls.Answer ask(String method, String path, String body, int expected) {
    AccountCalls.Answer answer = ops.send(method, "/relay/accounts" + path, body);
    if (answer.status() != expected) {
      throw new AssertionError(
          "%s %s: expected %d, but got %s".formatted(method, path, expected, answer));
    }
    return answer;
  }
}
