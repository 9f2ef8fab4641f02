package relay.core.protocol.pyrycode;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names connections (pyrycode 3.2). */
public final class ConnId {
  private ConnId() {}

  /** Seen by the phone's binary; the randomness must not be predictable. */
  public static String phone(String serverId, RandomGenerator random) {
    return name("client-", serverId, random);
  }

  /** Seen in logs only. */
  public static String binary(String serverId, RandomGenerator random) {
    return name("server-", serverId, random);
  }

  private static String name(String role, String serverId, RandomGenerator random) {
    return role + serverId + "-" + HexFormat.of().toHexDigits(random.nextInt());
  }
}
