package relay.http.cluster;

import java.util.Map;
import java.util.TreeMap;
import relay.http.app.RelayNode;
import relay.http.testing.RelayCluster;

/** A node in a process of its own, for a test to kill; it prints its port once it is a member. */
final class DoomedNode {
  private DoomedNode() {}

  /**
   * @param arguments the settings, as {@code key=value}
   */
  public static void main(String[] arguments) {
    Map<String, String> settings = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    System.out.println(RelayNode.start(RelayCluster.config(settings)).httpPort());
  }
}
