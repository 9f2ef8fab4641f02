package relay.http.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import relay.core.settings.SettingsSource;
import relay.core.settings.StorageSettings;
import relay.http.app.RelayNode;
import relay.persistence.FreePorts;

/** Relays that share a database and form one cluster; the first of them is the seed node. */
public final class RelayCluster implements AutoCloseable {
  private static final int MAX_NODES = 3;
  private static final String HOST = "127.0.0.1";

  private final Map<String, Object> settings = new HashMap<>();

  /** In ascending order: the lowest address survives when a cluster of two falls apart. */
  private final List<Integer> ports = FreePorts.some(MAX_NODES);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Deque<Member> members = new ConcurrentLinkedDeque<>();
  private int started;

  public RelayCluster(StorageSettings database) {
    settings.put("relay.storage.url", String.valueOf(database.url()));
    settings.put("relay.storage.user", String.valueOf(database.user()));
    settings.put("relay.storage.password", String.valueOf(database.password()));
    settings.put("relay.http.host", HOST);
    settings.put("relay.http.port", 0);
    settings.put("relay.ops.port", 0);
    settings.put("relay.limits.upgrades-per-ip", "off");
    settings.put("relay.node.host", HOST);
    settings.put("relay.node.seed-nodes", HOST + ":" + ports.getFirst());
    settings.put("pekko.cluster.jmx.multi-mbeans-in-same-jvm", "on");
  }

  /** Changes one setting of the nodes that start later. */
  public RelayCluster with(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  /** Starts the next node in this process; returns once it is a member. */
  public Member start() {
    Map<String, Object> own = nextSettings();
    Member member =
        new Member(RelayNode.start(config(own)), String.valueOf(own.get("relay.node.port")));
    members.push(member);
    return member;
  }

  /** Starts the next node in a process of its own; returns once it is a member. */
  public DoomedNode startProcess() {
    return DoomedNode.start(nextSettings());
  }

  /** What the next node is told, for a node that is started elsewhere with {@link #config}. */
  public Map<String, Object> nextSettings() {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("relay.node.port", ports.get(started));
    started++;
    return own;
  }

  public static Config config(Map<String, ?> settings) {
    return ConfigFactory.parseMap(settings).withFallback(SettingsSource.load(Map.of())).resolve();
  }

  /** Stops the nodes, the seed node last. */
  @Override
  public void close() {
    while (!members.isEmpty()) {
      members.pop().stop();
    }
  }

  /** One node of the cluster. */
  public final class Member {
    private final RelayNode node;
    private final String nodePort;

    private Member(RelayNode node, String nodePort) {
      this.node = node;
      this.nodePort = nodePort;
    }

    /** The port of the public listener. */
    public int port() {
      return node.httpPort();
    }

    /** The port of the operators' listener. */
    public int opsPort() {
      return node.opsAddress().getPort();
    }

    /** How operators name the node. */
    public String name() {
      return HOST + ":" + nodePort;
    }

    /** The body of a GET to the operators' listener. */
    public String ops(String path) {
      URI address = URI.create("http://%s:%d%s".formatted(HOST, node.opsAddress().getPort(), path));
      try {
        return http.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException failed) {
        throw new AssertionError("no answer to " + path, failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while asking " + path, interrupted);
      }
    }

    /** Drains and leaves; repeated calls are answered alike. */
    public void stop() {
      node.stop().toCompletableFuture().join();
    }
  }
}
