package relay.http.transport;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;

/** The live sockets of this node by number. Numbers are never used again. */
final class SocketTable {
  private static final int MAX_REMEMBERED = 2_000;

  private final InstantSource clock;
  private final AccountSockets<WebSocketConnection> accounts = new AccountSockets<>(MAX_REMEMBERED);
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, WebSocketConnection> live = new ConcurrentHashMap<>();
  private volatile @Nullable Dismissal dismissal;

  SocketTable(InstantSource clock) {
    this.clock = clock;
  }

  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /** Returns what its account was told just before. */
  List<AccountNotice> add(WebSocketConnection connection) {
    live.put(connection.address().number(), connection);
    AccountId account = connection.account();
    return account == null ? List.of() : accounts.add(account, connection, clock.instant());
  }

  /** Returns the sockets of the account. */
  List<WebSocketConnection> announce(ToAccount what) {
    return accounts.announce(what, clock.instant());
  }

  void remove(WebSocketConnection connection) {
    live.remove(connection.address().number());
    if (connection.account() != null) {
      accounts.remove(connection.account(), connection);
    }
    Dismissal ending = dismissal;
    if (ending != null && live.isEmpty()) {
      ending.allGone().complete(null);
    }
  }

  @Nullable WebSocketConnection find(long number) {
    return live.get(number);
  }

  Collection<WebSocketConnection> all() {
    return live.values();
  }

  int size() {
    return live.size();
  }

  /** How every socket is being sent away, or null while none is. */
  @Nullable Dismissal dismissal() {
    return dismissal;
  }

  /** From now on new sockets are sent away, too. */
  void dismiss(Dismissal how) {
    dismissal = how;
    if (live.isEmpty()) {
      how.allGone().complete(null);
    }
  }

  /** What sockets are told when their node shuts down. */
  record Dismissal(int code, String reason, CompletableFuture<Void> allGone) {}
}
