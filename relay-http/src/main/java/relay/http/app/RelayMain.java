package relay.http.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The relay's commands; without one it serves. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "A self-hosted, clustered, payload-blind WebSocket relay.",
    subcommands = {ServeCommand.class, CheckConfigCommand.class, ProbeCommand.class})
public final class RelayMain implements Callable<Integer> {
  private RelayMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RelayMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    return new ServeCommand().call();
  }
}
