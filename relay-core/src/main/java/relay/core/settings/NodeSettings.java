package relay.core.settings;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * This node's place in the cluster. With nothing set it listens on a free port of loopback and is a
 * cluster of one, so that relays run side by side without settings.
 *
 * @param host the address other nodes reach this one by
 * @param port 0 takes a free one; a seed node needs a fixed one
 * @param seedNodes {@code host:port} of nodes to join; empty forms a cluster of one
 * @param roles {@code edge} carries sockets, {@code room} carries rooms
 */
public record NodeSettings(String host, int port, List<String> seedNodes, List<String> roles) {
  /** The actor system's name, which is part of every node's address. */
  public static final String SYSTEM = "relay";

  private static final String KEY = "relay.node.";
  private static final Pattern SEED = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:@/\\s]+):\\d{1,5}");
  private static final Set<String> ROLES = Set.of("edge", "room");

  public NodeSettings {
    seedNodes = List.copyOf(seedNodes);
    roles = List.copyOf(roles);
    Expect.notBlank(KEY + "host", host);
    Expect.port(KEY + "port", port);
    for (String seed : seedNodes) {
      if (!SEED.matcher(seed).matches()) {
        throw new InvalidSetting(KEY + "seed-nodes", seed, "host:port, commas between several");
      }
    }
    if (roles.isEmpty() || !ROLES.containsAll(roles)) {
      throw new InvalidSetting(KEY + "roles", roles, "edge, room, or both");
    }
  }

  static NodeSettings from(Section section) {
    return new NodeSettings(
        section.text("host"),
        section.number("port"),
        section.list("seed-nodes"),
        section.list("roles"));
  }

  public boolean isAlone() {
    return seedNodes.isEmpty();
  }

  public boolean carriesSockets() {
    return roles.contains("edge");
  }

  /** The seed nodes as the cluster names them. */
  public List<String> seedAddresses() {
    return seedNodes.stream().map(seed -> "pekko://" + SYSTEM + "@" + seed).toList();
  }
}
