package relay.http.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;

/**
 * The live sockets of this node by account, for use by any thread.
 *
 * <p>What ended sockets is remembered for a while: a request that was authenticated just before,
 * and becomes a socket just after, would otherwise not hear of it.
 */
final class AccountSockets<S> {
  /** Longer than an upgrade takes that was authenticated. */
  static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);

  private final int maxRemembered;
  private final Map<AccountId, Set<S>> live = new HashMap<>();
  private final Deque<Remembered> remembered = new ArrayDeque<>();

  private record Remembered(ToAccount what, Instant at) {}

  /**
   * @param maxRemembered past it the oldest are forgotten early
   */
  AccountSockets(int maxRemembered) {
    this.maxRemembered = maxRemembered;
  }

  /** Returns what the socket has missed. */
  synchronized List<AccountNotice> add(AccountId account, S socket, Instant now) {
    live.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(socket);
    forget(now);
    List<AccountNotice> missed = new ArrayList<>();
    for (Remembered each : remembered) {
      if (each.what.account().equals(account)) {
        missed.add(each.what.notice());
      }
    }
    return missed;
  }

  synchronized void remove(AccountId account, S socket) {
    live.computeIfPresent(
        account,
        (_, sockets) -> {
          sockets.remove(socket);
          return sockets.isEmpty() ? null : sockets;
        });
  }

  /** Returns the sockets that are to be told. */
  synchronized List<S> announce(ToAccount what, Instant now) {
    forget(now);
    switch (what.notice()) {
      case AccountNotice.FamilyRevoked _, AccountNotice.Deleted _, AccountNotice.Restored _ ->
          remember(what, now);
      // A socket asks for credits itself when it opens.
      case AccountNotice.OutOfCredits _ -> {}
    }
    return List.copyOf(live.getOrDefault(what.account(), Set.of()));
  }

  private void remember(ToAccount what, Instant now) {
    if (remembered.size() == maxRemembered) {
      remembered.removeFirst();
    }
    remembered.addLast(new Remembered(what, now));
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(REMEMBERED_FOR);
    while (!remembered.isEmpty() && remembered.getFirst().at.isBefore(oldest)) {
      remembered.removeFirst();
    }
  }
}
