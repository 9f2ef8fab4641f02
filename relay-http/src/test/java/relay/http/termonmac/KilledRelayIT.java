package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.http.testing.ChildRelay;
import relay.http.testing.RunsProcesses;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/**
 * TermOnMac's clients and a relay that is killed again and again and started on what it left:
 * before anything else is tested of it, and while couples are connected (TermOnMac 12.4, item 9).
 */
@RunsProcesses
class KilledRelayIT implements AcceptanceContract, TrapsContract, AccountContract {
  private static final int COUPLES = 4;
  private static final Map<String, String> SMALL_BONUS =
      Map.of(
          "RELAY_WELCOME_CREDITS",
          Integer.toString(RelayUnderTest.BONUS_CREDITS),
          "RELAY_FLUSH_INTERVAL",
          RelayUnderTest.SOON);

  private static Path data;
  private static ChildRelay relay;

  @BeforeAll
  static void killOnceBefore(@TempDir Path directory) throws InterruptedException {
    data = directory;
    relay = ChildRelay.serve(data, SMALL_BONUS);
    try (Couple couple = Couple.of(current())) {
      couple.talk("before");
    }
    killAndRestart();
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  private static void killAndRestart() throws InterruptedException {
    relay.kill();
    relay = ChildRelay.serve(data, SMALL_BONUS);
  }

  private static RelayUnderTest current() {
    return new RelayUnderTest(() -> relay.port(), () -> relay.port(), () -> relay.opsPort());
  }

  @Override
  public RelayUnderTest relay() {
    return current();
  }

  @Test
  void everyMacRegistersAgainAndNoPhoneNeedsANewCode() throws InterruptedException {
    List<Couple> couples = new ArrayList<>();
    try {
      for (int i = 0; i < COUPLES; i++) {
        couples.add(Couple.of(relay()));
      }
      killAndRestart();
      for (Couple couple : couples) {
        couple.mac().comeBack();
        couple.phone().comeBack();
        couple.awaitTogether();
        couple.talk("survived");
        assertThat(couple.mac().memory().isRotated()).isTrue();
      }
    } finally {
      couples.forEach(Couple::close);
    }
  }

  @Test
  void aRefreshIsRepeatedByteForByteAfterwards() throws InterruptedException {
    TestAccount account = relay().newAccount();
    AccountCalls.Answer first = relay().calls().refresh(account.refreshToken());
    killAndRestart();
    assertThat(relay().calls().refresh(account.refreshToken()).text()).isEqualTo(first.text());
  }

  @Test
  void aSecretThatRotatedRightBeforeIsTheOneThatIsGood() throws InterruptedException {
    try (Couple couple = Couple.of(relay())) {
      killAndRestart();
      couple.phone().comeBackUntil("a joined phone", couple.phone()::isConnected);
      couple.mac().comeBack();
      couple.awaitTogether();
      assertThat(couple.phone().memory().secrets()).containsExactly(couple.mac().memory().secret());
    }
  }
}
