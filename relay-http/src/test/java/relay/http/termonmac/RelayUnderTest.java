package relay.http.termonmac;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.TestAccounts;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** Where Macs, phones and operators find the relay; not always on the same node. */
record RelayUnderTest(IntSupplier macPort, IntSupplier phonePort, IntSupplier opsPort) {
  /** What a new account is given once. */
  static final String BONUS = "relay.subscription.welcome-credits";

  /** How often what is spent is reported, and more credits are asked for. */
  static final String FLUSH = "relay.subscription.flush-interval";

  /** How long a peer may be silent; time stands for peers that a test does not let pass any. */
  static final String SILENCE = "relay.termonmac.silence-timeout";

  /** Short, since the last credits are handed out in small portions. */
  static final String SOON = "100ms";

  /** Little, since the usual bonus would take a test long to spend. */
  static final int BONUS_CREDITS = 60;

  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

  TestAccounts accounts() {
    return new TestAccounts(opsPort);
  }

  TestAccount newAccount() {
    return accounts().create("user-" + NUMBER.incrementAndGet() + "@example.org");
  }

  /** HTTP as the Mac asks it. */
  AccountCalls calls() {
    return new AccountCalls(macPort);
  }

  /** A Mac of that account with a room of its own. */
  MacPeer newMac(TestAccount account) {
    return new MacPeer(macPort, account.apiKey(), newRoomId());
  }

  static String newRoomId() {
    return "ROOM" + Long.toString(NUMBER.incrementAndGet(), 36).toUpperCase(java.util.Locale.ROOT);
  }
}
