package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;

/** What is announced about an account reaches its sockets on this node, and no others. */
class AccountNoticesTest {
  private static final AccountId ACCOUNT = new AccountId("a".repeat(32));
  private static final AccountId OTHER = new AccountId("b".repeat(32));
  private static final AccountNotice REVOKED = new AccountNotice.FamilyRevoked(3);

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Object> patient = kit.createTestProbe();
  private final EdgeServer server = new EdgeServer(kit.system(), 2, LinkLimits.DEFAULT);

  @AfterEach
  void stop() {
    server.close();
    kit.shutdownTestKit();
  }

  @Test
  void everySocketOfTheAccountHearsIt() {
    PlayedHandler first = handlerOf(ACCOUNT);
    PlayedHandler second = handlerOf(ACCOUNT);
    PlayedHandler other = handlerOf(OTHER);
    var none = new PlayedHandler();
    try (TestPeer _ = server.connect(first, EdgeServer.PATIENT);
        TestPeer _ = server.connect(second, EdgeServer.PATIENT);
        TestPeer _ = server.connect(other, EdgeServer.PATIENT);
        TestPeer _ = server.connect(none, EdgeServer.PATIENT)) {
      announce(OTHER, new AccountNotice.Deleted());
      announce(ACCOUNT, REVOKED);
      announce(OTHER, new AccountNotice.Restored());
      hears(first, "opened", "announced " + REVOKED);
      hears(second, "opened", "announced " + REVOKED);
      hears(other, "opened", "announced Deleted[]", "announced Restored[]");
      assertThat(none.heard).containsExactly("opened");
    }
  }

  @Test
  void aSocketThatOpensJustAfterwardsHearsItToo() {
    try (TestPeer _ = server.connect(handlerOf(ACCOUNT), EdgeServer.PATIENT)) {
      PlayedHandler witness = handlerOf(ACCOUNT);
      try (TestPeer _ = server.connect(witness, EdgeServer.PATIENT)) {
        announce(ACCOUNT, REVOKED);
        hears(witness, "opened", "announced " + REVOKED);
      }
      PlayedHandler late = handlerOf(ACCOUNT);
      PlayedHandler stranger = handlerOf(OTHER);
      try (TestPeer _ = server.connect(late, EdgeServer.PATIENT);
          TestPeer _ = server.connect(stranger, EdgeServer.PATIENT)) {
        hears(late, "opened", "announced " + REVOKED);
        hears(stranger, "opened");
      }
    }
  }

  private void announce(AccountId account, AccountNotice notice) {
    server.edge.actor().tell(new ToAccount(account, notice));
  }

  private void hears(PlayedHandler handler, String... what) {
    patient.awaitAssert(
        () -> {
          assertThat(handler.heard).containsExactly(what);
          return null;
        });
  }

  private static PlayedHandler handlerOf(AccountId account) {
    var handler = new PlayedHandler();
    handler.account = account;
    return handler;
  }
}
