package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;

/** Who is told, and what is remembered for sockets that are still to come. */
class AccountSocketsTest {
  private static final AccountId ACCOUNT = new AccountId("a".repeat(32));
  private static final AccountId OTHER = new AccountId("b".repeat(32));
  private static final AccountNotice DELETED = new AccountNotice.Deleted();
  private static final AccountNotice RESTORED = new AccountNotice.Restored();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AccountSockets<String> sockets = new AccountSockets<>(2);

  @Test
  void whoIsGoneIsNotTold() {
    sockets.add(ACCOUNT, "first", START);
    sockets.add(ACCOUNT, "second", START);
    sockets.add(OTHER, "third", START);
    sockets.remove(ACCOUNT, "first");
    sockets.remove(ACCOUNT, "first");

    assertThat(sockets.announce(new ToAccount(ACCOUNT, DELETED), START)).containsExactly("second");

    sockets.remove(ACCOUNT, "second");
    assertThat(sockets.announce(new ToAccount(ACCOUNT, DELETED), START)).isEmpty();
  }

  @Test
  void whoComesJustAfterwardsIsToldInOrder() {
    sockets.announce(new ToAccount(ACCOUNT, DELETED), START);
    sockets.announce(new ToAccount(ACCOUNT, RESTORED), START.plusSeconds(1));

    assertThat(sockets.add(ACCOUNT, "late", START.plus(AccountSockets.REMEMBERED_FOR)))
        .containsExactly(DELETED, RESTORED);
    assertThat(sockets.add(OTHER, "stranger", START.plusSeconds(2))).isEmpty();
  }

  @Test
  void whatIsOldIsForgotten() {
    sockets.announce(new ToAccount(ACCOUNT, DELETED), START);

    Instant later = START.plus(AccountSockets.REMEMBERED_FOR).plusMillis(1);
    assertThat(sockets.add(ACCOUNT, "late", later)).isEmpty();
  }

  @Test
  void noMoreThanTheBoundIsRemembered() {
    sockets.announce(new ToAccount(ACCOUNT, DELETED), START);
    sockets.announce(new ToAccount(OTHER, DELETED), START);
    sockets.announce(new ToAccount(OTHER, RESTORED), START);

    assertThat(sockets.add(ACCOUNT, "late", START)).isEmpty();
    assertThat(sockets.add(OTHER, "later", START)).containsExactly(DELETED, RESTORED);
  }
}
