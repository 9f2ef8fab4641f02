package relay.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;

/** What honest TermOnMac clients do is never refused by the packaged limits (TermOnMac 8). */
class HonestClientsTest {
  private static final String ADDRESS = "192.0.2.1";
  private static final String ACCOUNT = "0".repeat(32);
  private static final String TOKEN = "1".repeat(64);
  private static final int MACS = 32;
  private static final int MINUTES_TEN = 600;

  private final AtomicLong now = new AtomicLong();
  private final RateLimits limits =
      new RateLimits(
          RelaySettings.from(SettingsSource.load(Map.of())).limits().rates().sizes(), now::get);

  @Test
  void aMacThatIsAcceptedAndDroppedRedialsTwiceASecond() {
    every(Duration.ofMillis(500), 2 * MINUTES_TEN, _ -> upgrade());
  }

  @Test
  void allMacsOfAnAccountAndTheirPhonesRedialAtOnceAfterARestart() {
    times(2 * MACS, _ -> upgrade());
    pass(Duration.ofSeconds(30));
    times(2 * MACS, _ -> upgrade());
  }

  @Test
  void allMacsOfAnAccountRetryEveryEightSecondsWithoutRoomOrQuota() {
    every(Duration.ofSeconds(8), MINUTES_TEN / 8, _ -> times(MACS, _ -> upgrade()));
  }

  @Test
  void aMacWithADeadKeyRetriesAndThenRefreshes() {
    for (int cycle = 0; cycle < 3; cycle++) {
      for (int wait : List.of(0, 10, 20, 30)) {
        pass(Duration.ofSeconds(wait));
        upgradeOfAddress();
        allowed(limits.look(Limit.UNAUTHORIZED, ADDRESS));
        allowed(limits.take(Limit.UNAUTHORIZED, ADDRESS));
      }
      for (int wait : List.of(1, 2, 4, 8, 16, 32, 60, 60, 60, 60)) {
        allowed(limits.take(Limit.REFRESHES_OF_ADDRESS, ADDRESS));
        allowed(limits.take(Limit.REFRESHES_OF_TOKEN, TOKEN));
        pass(Duration.ofSeconds(wait));
      }
    }
  }

  @Test
  void aStartingMacCleansUpAndAPersonLooksAtTheStatus() {
    allowed(limits.take(Limit.READS, ACCOUNT));
    times(MACS - 1, _ -> allowed(limits.take(Limit.WRITES, ACCOUNT)));
    times(10, _ -> times(3, _ -> allowed(limits.take(Limit.READS, ACCOUNT))));
  }

  @Test
  void aPersonSignsInOnEveryMacInTurn() {
    every(
        Duration.ofSeconds(20),
        MACS,
        _ -> {
          times(3, _ -> allowed(limits.take(Limit.LOGINS_OF_ADDRESS, ADDRESS)));
          allowed(limits.take(Limit.LOGINS_OF_ACCOUNT, ACCOUNT));
          allowed(limits.take(Limit.EXCHANGES, ADDRESS));
        });
  }

  @Test
  void whoeverDoesMoreIsRefusedAndToldForHowLong() {
    times(30, _ -> allowed(limits.take(Limit.UNAUTHORIZED, ADDRESS)));

    assertThat(limits.look(Limit.UNAUTHORIZED, ADDRESS))
        .isEqualTo(new LimitDecision.Denied(Duration.ofSeconds(2)));
    assertThat(limits.look(Limit.UNAUTHORIZED, "192.0.2.2").isAllowed()).isTrue();
  }

  @Test
  void lookingChargesNothing() {
    times(1_000, _ -> allowed(limits.look(Limit.AUTH_FAILED, ACCOUNT)));
    allowed(limits.take(Limit.AUTH_FAILED, ACCOUNT));
  }

  @Test
  void aLimitThatIsOffRefusesNothing() {
    RateLimits off = new RateLimits(Map.of(), now::get);

    times(1_000, _ -> allowed(off.take(Limit.EXCHANGES, ADDRESS)));
    allowed(off.look(Limit.EXCHANGES, ADDRESS));
  }

  private void upgrade() {
    upgradeOfAddress();
    allowed(limits.take(Limit.UPGRADES_OF_ACCOUNT, ACCOUNT));
    allowed(limits.look(Limit.AUTH_FAILED, ACCOUNT));
  }

  private void upgradeOfAddress() {
    allowed(limits.take(Limit.UPGRADES_OF_ADDRESS, ADDRESS));
  }

  private void every(Duration interval, int times, Consumer<Integer> what) {
    times(
        times,
        turn -> {
          what.accept(turn);
          pass(interval);
        });
  }

  private static void times(int times, Consumer<Integer> what) {
    for (int turn = 0; turn < times; turn++) {
      what.accept(turn);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static void allowed(LimitDecision decision) {
    assertThat(decision.isAllowed()).isTrue();
  }
}
