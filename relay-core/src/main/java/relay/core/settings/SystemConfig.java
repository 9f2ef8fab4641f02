package relay.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;

/** What the settings mean for the actor system's own configuration. */
public final class SystemConfig {
  private static final String DRAIN_PHASE =
      "pekko.coordinated-shutdown.phases.before-service-unbind.timeout";
  private static final Duration SLACK = Duration.ofSeconds(2);

  private SystemConfig() {}

  /** The loaded configuration with the settings' addresses, seed nodes and roles put on top. */
  public static Config of(RelaySettings settings, Config loaded) {
    NodeSettings node = settings.node();
    OpsSettings ops = settings.ops();
    return ConfigFactory.parseMap(
            Map.of(
                DRAIN_PHASE,
                settings.drain().deadline().plus(SLACK),
                "pekko.remote.artery.canonical.hostname",
                node.host(),
                "pekko.remote.artery.canonical.port",
                node.port(),
                "pekko.cluster.seed-nodes",
                node.seedAddresses(),
                "pekko.cluster.roles",
                node.roles(),
                "pekko.management.http.hostname",
                ops.host(),
                "pekko.management.http.bind-hostname",
                ops.host(),
                "pekko.management.http.port",
                ops.port(),
                "pekko.management.http.bind-port",
                ops.port()),
            "relay settings")
        .withFallback(loaded);
  }
}
