package relay.http.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;

/** Looks after the accounts of a running relay, through its ops listener. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = {
      "Make, show and delete accounts of a running relay, through its ops listener.",
      "RELAY_OPS_HOST, RELAY_OPS_PORT and RELAY_ADMIN_TOKEN say where it is and who asks."
    })
final class AccountCommand {
  private static final String ACCOUNTS = "/relay/accounts";
  private static final String WHO = "USER_ID|EMAIL";

  @Option(
      names = "--ops",
      description = "where the ops listener is, such as http://127.0.0.1:7626; else as configured")
  private @Nullable URI ops;

  @Command(name = "add", description = "Make an account and print its API key, once.")
  int add(
      @Option(names = "--email", required = true, description = "whose account it is") String email,
      @Option(names = "--name", description = "what the person is called") @Nullable String name,
      @Option(names = "--tier", description = "free, pro or premium; free unless given")
          @Nullable String tier) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("email", email);
    if (name != null) {
      body.put("name", name);
    }
    if (tier != null) {
      body.put("tier", tier);
    }
    return run(client -> printCredentials(client.call("POST", ACCOUNTS, body)));
  }

  @Command(name = "key", description = "Print further credentials of an account, once.")
  int key(@Parameters(paramLabel = WHO, description = "whose account") String who) {
    return run(
        client -> printCredentials(client.call("POST", path(client, who) + "/credentials", null)));
  }

  @Command(name = "show", description = "Print what is known of an account.")
  int show(@Parameters(paramLabel = WHO, description = "whose account") String who) {
    return run(
        client -> Console.print(client.call("GET", path(client, who), null).toPrettyString()));
  }

  @Command(name = "delete", description = "Begin the deletion of an account; restore undoes it.")
  int delete(@Parameters(paramLabel = WHO, description = "whose account") String who) {
    return run(
        client -> {
          JsonNode answer = client.call("DELETE", path(client, who), null);
          Console.print("erased after " + answer.path("erased_after").asText());
        });
  }

  @Command(name = "restore", description = "Undo the deletion of an account.")
  int restore(@Parameters(paramLabel = WHO, description = "whose account") String who) {
    return run(
        client -> {
          client.call("POST", path(client, who) + "/restore", null);
          Console.print("restored");
        });
  }

  @FunctionalInterface
  private interface Call {
    void on(OpsClient client) throws OpsClient.Refused;
  }

  private int run(Call call) {
    try {
      RelaySettings settings = RelaySettings.from(SettingsSource.load(System.getenv()));
      call.on(OpsClient.of(ops, settings.ops()));
      return ExitCode.OK;
    } catch (ConfigException | IllegalArgumentException wrong) {
      Console.error("relay: " + wrong.getMessage());
      return ExitCode.REFUSED;
    } catch (OpsClient.Refused refused) {
      Console.error("relay: " + refused.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static String path(OpsClient client, String who) throws OpsClient.Refused {
    if (who.matches("[0-9a-f]{32}")) {
      return ACCOUNTS + "/" + who;
    }
    if (who.indexOf('@') < 0) {
      throw new IllegalArgumentException(
          who + " is no account: expected 32 hex digits or an e-mail");
    }
    String query = URLEncoder.encode(who, StandardCharsets.UTF_8);
    return ACCOUNTS
        + "/"
        + client.call("GET", ACCOUNTS + "?email=" + query, null).path("user_id").asText();
  }

  private static void printCredentials(JsonNode issued) {
    Console.print(
        """
        account        %s
        api key        %s
        refresh token  %s

        They are shown once and kept nowhere else. On the Mac:
          mkdir -p ~/.config/termonmac && cd ~/.config/termonmac && umask 077
          printf %%s %2$s > api_key
          printf %%s %3$s > refresh_token
          export RELAY_SERVER_URL=wss://<this relay>   # ws://… without TLS\
        """
            .formatted(
                issued.path("user_id").asText(),
                issued.path("api_key").asText(),
                issued.path("refresh_token").asText()));
  }
}
