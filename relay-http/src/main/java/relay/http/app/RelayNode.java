package relay.http.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import relay.core.settings.NodeSettings;
import relay.core.settings.RelaySettings;
import relay.core.settings.SystemConfig;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** One node of the relay, from its start to its end. */
public final class RelayNode {
  private final ActorSystem<?> system;
  private final RelaySettings settings;
  private final Services services;

  private RelayNode(ActorSystem<?> system, RelaySettings settings, Services services) {
    this.system = system;
    this.settings = settings;
    this.services = services;
  }

  /**
   * Returns once the node is a member of its cluster and accepts connections.
   *
   * @throws IllegalArgumentException if a setting does not fit; the message names its key
   * @throws RuntimeException if the database, the cluster or a port cannot be had
   */
  public static RelayNode start(Config loaded) {
    RelaySettings settings = RelaySettings.from(loaded);
    Storage storage = Storage.of(settings.storage());
    Migrations.run(storage);
    Config config =
        ConfigFactory.parseMap(storage.overrides(), "relay settings")
            .withFallback(SystemConfig.of(settings, loaded));
    CompletableFuture<Void> ready = new CompletableFuture<>();
    ActorSystem<?> system =
        ActorSystem.create(
            RelayGuardian.create(settings.node(), ready), NodeSettings.SYSTEM, config);
    try {
      Services services = Services.start(system, settings, storage, Clock.systemUTC());
      ready.join();
      services.listen();
      return new RelayNode(system, settings, services);
    } catch (RuntimeException failure) {
      end(system).toCompletableFuture().join();
      throw failure;
    }
  }

  public RelaySettings settings() {
    return settings;
  }

  /** The node's actors. */
  public ActorSystem<?> system() {
    return system;
  }

  /** The port of the public listener; 0 on a node that carries no sockets. */
  public int httpPort() {
    return services.httpPort();
  }

  /** Where operators reach it. */
  public InetSocketAddress opsAddress() {
    return services.opsAddress();
  }

  AccountServices accounts() {
    return services.accounts();
  }

  /** Drains, leaves the cluster and ends everything; repeated calls are answered alike. */
  public CompletionStage<Done> stop() {
    return end(system);
  }

  /** Completes when the node has ended, whoever ended it. */
  public CompletionStage<Done> ended() {
    return system.getWhenTerminated();
  }

  private static CompletionStage<Done> end(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).runAll(new Stopped());
  }

  private static final class Stopped implements CoordinatedShutdown.Reason {}
}
