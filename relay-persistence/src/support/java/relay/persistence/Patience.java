package relay.persistence;

import java.lang.management.ManagementFactory;
import java.util.List;

/** How long a test's JVM waits for Pekko, for the command lines of those it starts. */
public final class Patience {
  private Patience() {}

  /** The options that this JVM was given for it. */
  public static List<String> ofThisJvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("-Dpekko."))
        .toList();
  }
}
