package relay.http.socket.pyrycode;

import java.util.concurrent.atomic.LongAdder;
import relay.core.room.Role;

/** How many binaries and phones of this node hold a slot right now (pyrycode 8.6, 8.7). */
public final class ConnectedSockets {
  private final LongAdder binaries = new LongAdder();
  private final LongAdder phones = new LongAdder();

  public long binaries() {
    return binaries.sum();
  }

  public long phones() {
    return phones.sum();
  }

  void joined(Role role) {
    count(role).increment();
  }

  void left(Role role) {
    count(role).decrement();
  }

  private LongAdder count(Role role) {
    return switch (role) {
      case AGENT -> binaries;
      case PHONE -> phones;
    };
  }
}
