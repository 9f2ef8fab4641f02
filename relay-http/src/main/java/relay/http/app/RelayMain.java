package relay.http.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import relay.http.log.LogTail;

/** The relay's commands; without one it serves. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "A self-hosted, clustered, payload-blind WebSocket relay.",
    subcommands = {
      ServeCommand.class,
      CheckConfigCommand.class,
      ProbeCommand.class,
      AccountCommand.class
    })
public final class RelayMain implements Callable<Integer> {
  private RelayMain() {}

  public static void main(String[] arguments) {
    int exitCode = new CommandLine(new RelayMain()).execute(arguments);
    LogTail.flush();
    System.exit(exitCode);
  }

  @Override
  public Integer call() {
    return new ServeCommand().call();
  }
}
