package relay.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that must be known before they are bound. They lie below those that kernels give to
 * connections, so that none of the thousands that tests open beside these can take one meanwhile.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 31_999;

  private FreePorts() {}

  public static int one() {
    return some(1).getFirst();
  }

  /** So many different ones, in ascending order. */
  public static List<Integer> some(int count) {
    return ThreadLocalRandom.current()
        .ints(FIRST, LAST + 1)
        .distinct()
        .filter(FreePorts::isFree)
        .limit(count)
        .sorted()
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
