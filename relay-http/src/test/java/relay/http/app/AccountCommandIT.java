package relay.http.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.http.testing.ChildRelay;
import relay.http.testing.RunsProcesses;

/** What an operator types to give somebody an account. */
@RunsProcesses
class AccountCommandIT {
  private static final Pattern KEY = Pattern.compile("api key {8}(rdkey_[0-9a-f]{32})");
  private static final Pattern ID = Pattern.compile("account {8}([0-9a-f]{32})");

  @Test
  void anAccountIsAddedUsedShownDeletedAndRestored(@TempDir Path dir) throws Exception {
    Map<String, String> admin = Map.of("RELAY_ADMIN_TOKEN", "hunter2");
    try (ChildRelay relay = ChildRelay.serve(dir, admin)) {
      Map<String, String> environment =
          Map.of(
              "RELAY_ADMIN_TOKEN", "hunter2", "RELAY_OPS_PORT", Integer.toString(relay.opsPort()));

      String added = run(environment, 0, "account", "add", "--email", "ann@example.org");
      assertThat(profile(relay, first(KEY, added))).contains("\"email\":\"ann@example.org\"");
      assertThat(run(environment, 1, "account", "add", "--email", "Ann@example.org"))
          .startsWith("relay: ACCOUNT_EXISTS: ");

      String id = first(ID, added);
      assertThat(run(environment, 0, "account", "show", id)).contains("ann@example.org");
      String further = run(environment, 0, "account", "key", id);
      assertThat(first(KEY, further)).isNotEqualTo(first(KEY, added));
      assertThat(profile(relay, first(KEY, further))).contains(id);
      assertThat(run(environment, 0, "account", "delete", "Ann@example.org"))
          .startsWith("erased after 20");
      assertThat(run(environment, 0, "account", "restore", id)).isEqualTo("restored");
    }
  }

  @Test
  void whatIsWrongIsSaidInOneLine(@TempDir Path dir) throws Exception {
    try (ChildRelay relay = ChildRelay.serve(dir, Map.of("RELAY_ADMIN_TOKEN", "hunter2"))) {
      Map<String, String> tokenless = Map.of("RELAY_OPS_PORT", Integer.toString(relay.opsPort()));

      assertThat(run(tokenless, 1, "account", "add", "--email", "ann@example.org"))
          .startsWith("relay: UNAUTHORIZED: ");
      assertThat(run(tokenless, 2, "account", "show", "ann"))
          .startsWith("relay: ann is no account");
      assertThat(
              run(
                  Map.of(),
                  1,
                  "account",
                  "--ops",
                  "http://127.0.0.1:1",
                  "add",
                  "--email",
                  "ann@example.org"))
          .startsWith("relay: no relay answers at http://127.0.0.1:1");
    }
  }

  private static String run(Map<String, String> environment, int exitCode, String... command)
      throws InterruptedException {
    try (ChildRelay child = ChildRelay.start(environment, command)) {
      assertThat(child.exitCode()).as(child.out() + child.errLines()).isEqualTo(exitCode);
      return exitCode == 0 ? child.out() : String.join("\n", child.errLines());
    }
  }

  private static String profile(ChildRelay relay, String key) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/profile"))
                  .header("Authorization", "Bearer " + key)
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }
}
