package relay.http.app;

import com.typesafe.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;
import relay.persistence.Storage;

/** Validates the configuration and prints what a start would use, secrets redacted. */
@Command(
    name = "check-config",
    description = "Validate the configuration and print the effective settings.")
final class CheckConfigCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    try {
      RelaySettings settings = RelaySettings.from(SettingsSource.load(System.getenv()));
      var _ = Storage.of(settings.storage());
      Console.print(settings.describe());
      return ExitCode.OK;
    } catch (ConfigException | IllegalArgumentException refused) {
      Console.error("relay: " + refused.getMessage());
      return ExitCode.REFUSED;
    }
  }
}
