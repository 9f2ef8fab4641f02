package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.RelayCluster;
import relay.http.testing.TestPeer;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.TestAccounts;
import relay.http.testing.termonmac.TestAccounts.TestAccount;
import relay.persistence.EmbeddedPostgresExtension;

/** Two relays that are one: Macs and phones meet wherever each of them is connected. */
class TermonmacClusterIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST = 8 * 1024 * 1024;

  private static RelayCluster cluster;
  private static RelayCluster.Member one;
  private static RelayCluster.Member two;
  private static TestAccounts accounts;

  @BeforeAll
  static void start() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with("relay.tiers.free.credits-per-window", 0)
            .with(RelayUnderTest.SILENCE, "10m")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "30s");
    one = cluster.start();
    two = cluster.start();
    accounts = new TestAccounts(one::opsPort);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static int port(boolean isFirst) {
    return isFirst ? one.port() : two.port();
  }

  private static TestPeer mac(int port, String room, TestAccount account) {
    return Wire.dial(port, room, "mac", account.apiKey())
        .patience(PATIENCE)
        .connect()
        .expectHttp(101)
        .send(Wire.register(room, Wire.SECRET, "macEphemeral"))
        .expect(Wire.registered(room));
  }

  private static TestPeer phone(int port, String room, TestAccount account) {
    return Wire.dial(port, room, "ios", account.apiKey())
        .patience(PATIENCE)
        .connect()
        .expectHttp(101)
        .send(Wire.join(room, "iosKey"));
  }

  private static int lengthOf(int number) {
    return switch (number % 100) {
      case 20 -> 600_000;
      case 40 -> 3_900_000;
      case 60 -> 1_500_000;
      case 99 -> LONGEST - number;
      default -> 60 + number;
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesOfAnyLengthReachAPhoneOfAnotherNodeWholeAndInOrder(boolean isMacOnFirst)
      throws InterruptedException {
    String room = "long-" + isMacOnFirst;
    TestAccount account = accounts.create(room + "@example.org");
    int frames = 200;
    try (TestPeer mac = mac(port(isMacOnFirst), room, account);
        TestPeer phone = phone(port(!isMacOnFirst), room, account)) {
      Wire.meet(mac, phone);
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int number = 0; number < frames; number++) {
                  mac.send(Wire.relay(number, lengthOf(number)));
                }
              });
      for (int number = 0; number < frames; number++) {
        String expected = Wire.relay(number, lengthOf(number));
        assertThat(phone.expectText().equals(expected)).as("frame %d", number).isTrue();
      }
      sender.join();
      String back = Wire.relay(1, 1_048_576);
      phone.send(back).send(Wire.relay(2, 100));
      assertThat(mac.expectText().equals(back)).isTrue();
      mac.expect(Wire.relay(2, 100));
    }
  }

  @Test
  void whoeverLeavesIsAnnouncedOnTheOtherNode() {
    TestAccount account = accounts.create("leave@example.org");
    try (TestPeer mac = mac(one.port(), "leave", account);
        TestPeer phone = phone(two.port(), "leave", account)) {
      Wire.meet(mac, phone);
      TestPeer next = phone(one.port(), "leave", account);
      phone.expectClose(4001, "replaced by another device").expectEnd();
      Wire.meet(mac, next);
      next.drop();
      mac.expect(Wire.gone("client_left"));
      try (TestPeer last = phone(two.port(), "leave", account)) {
        Wire.meet(mac, last);
        TestPeer again = mac(two.port(), "leave", account);
        mac.expectClose(4001, "replaced by another connection").expectEnd();
        Wire.meet(again, last);
        again.drop();
        last.expect(Wire.gone("client_left"));
      }
    }
  }

  @Test
  void aNodeThatStopsIsSeenAsItsSocketsLeaving() {
    TestAccount account = accounts.create("stop@example.org");
    RelayCluster.Member three = cluster.start();
    try (TestPeer mac = mac(one.port(), "stop", account);
        TestPeer phone = phone(three.port(), "stop", account)) {
      Wire.meet(mac, phone);
      three.stop();
      phone.expectClose(1001, "shutting down").expectEnd();
      mac.expect(Wire.gone("client_left"));
      try (TestPeer back = phone(two.port(), "stop", account)) {
        Wire.meet(mac, back);
        back.send(Wire.relay(1, 80));
        mac.expect(Wire.relay(1, 80));
      }
    }
  }

  @Test
  void signingOutOnOneNodeClosesTheSocketsOfAnother() {
    TestAccount account = accounts.create("signout@example.org");
    try (TestPeer mac = mac(two.port(), "signout", account)) {
      var answer = new AccountCalls(one::port).post("/auth/revoke", account.apiKey());
      assertThat(answer.status()).isEqualTo(200);
      mac.expectClose(4003, "signed out").expectEnd();
    }
  }
}
