package relay.http.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import relay.core.settings.SettingsSource;
import relay.http.log.LogTail;
import relay.persistence.schema.SchemaRefused;

/** Runs one node until a signal or an operator ends it (exit codes of pyrycode 8.3). */
@Command(name = "serve", description = "Run the relay; the default command.")
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /** What leaving the cluster may take on top of the drain. */
  private static final long LEAVE_SECONDS = 30;

  @Override
  public Integer call() {
    RelayNode node;
    try {
      Config config = SettingsSource.load(System.getenv());
      node = RelayNode.start(config);
    } catch (ConfigException | IllegalArgumentException | SchemaRefused refused) {
      Console.error("relay: refusing to start: " + refused.getMessage());
      return ExitCode.REFUSED;
    } catch (RuntimeException failed) {
      LOG.error("start failed", failed);
      Console.error("relay: cannot start: " + Console.reason(failed));
      return ExitCode.FAILED;
    }
    Console.print(Banner.of(node.settings(), node.httpPort(), node.opsAddress()));
    endWithSignal(node);
    node.ended().toCompletableFuture().join();
    return ExitCode.OK;
  }

  /** A signal's exit code would be 128 and more; a drained relay ends with 0. */
  private static void endWithSignal(RelayNode node) {
    AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    Thread hook =
        new Thread(
            () -> {
              try {
                long patience = node.settings().drain().deadline().toSeconds() + LEAVE_SECONDS;
                node.stop().toCompletableFuture().get(patience, TimeUnit.SECONDS);
              } catch (Exception e) {
                LOG.error("stop failed", e);
                exitCode.set(ExitCode.FAILED);
              }
              LogTail.flush();
              Runtime.getRuntime().halt(exitCode.get());
            },
            "relay-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
