package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTimersTest {
  private MockTicker ticker = Ticker.newMockTicker();
  private LoopTimers timers = new LoopTimers(ticker);
  private List<String> expired = new ArrayList<>();

  @BeforeEach
  @BeforeTry
  void start() {
    ticker = Ticker.newMockTicker();
    timers = new LoopTimers(ticker);
    expired = new ArrayList<>();
  }

  @Test
  void aDeadlineIsNeverEarlyAndAtMostOneTickLate() {
    timers.schedule(node("a"), 250);

    pass(249);
    assertThat(expired).isEmpty();
    pass(51);
    assertThat(expired).containsExactly("a");
    pass(100_000);
    assertThat(expired).containsExactly("a");
  }

  @Test
  void aNodeWaitsForItsLatestDeadlineOnly() {
    TimerNode node = node("a");
    timers.schedule(node, 200);
    timers.schedule(node, 900);

    pass(800);
    assertThat(expired).isEmpty();
    pass(100);
    assertThat(expired).containsExactly("a");
  }

  @Test
  void aCancelledNodeDoesNotExpire() {
    TimerNode node = node("a");
    timers.schedule(node, 200);
    timers.cancel(node);
    timers.cancel(node);

    assertThat(node.isWaiting()).isFalse();
    pass(1_000);
    assertThat(expired).isEmpty();
  }

  @Test
  void aDeadlineBeyondARevolutionIsWaitedFor() {
    timers.schedule(node("late"), 120_000);

    for (int i = 0; i < 1199; i++) {
      pass(100);
    }
    assertThat(expired).isEmpty();
    pass(100);
    assertThat(expired).containsExactly("late");
  }

  @Test
  void aDeadlineInThePastExpiresWithTheNextTick() {
    pass(5_000);
    timers.schedule(node("past"), 10);
    pass(100);
    assertThat(expired).containsExactly("past");
  }

  @Test
  void everythingDueIsFoundAfterAStall() {
    timers.schedule(node("a"), 300);
    timers.schedule(node("b"), 40_000);
    timers.schedule(node("c"), 90_000);
    timers.schedule(node("d"), 200_000);
    pass(100_000);
    assertThat(expired).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void anExpiringNodeMayCancelAndScheduleOthersOfItsSlot() {
    TimerNode second = node("second");
    TimerNode first =
        new TimerNode() {
          @Override
          void expired(long nowMillis) {
            expired.add("first");
            timers.cancel(second);
            timers.schedule(this, nowMillis + 100);
          }
        };
    timers.schedule(first, 100);
    timers.schedule(second, 100);
    timers.schedule(node("third"), 100);

    pass(100);
    assertThat(expired).containsExactly("first", "third");
    pass(100);
    assertThat(expired).containsExactly("first", "third", "first");
  }

  @Test
  void aFailingNodeDoesNotStopTheWheel() {
    timers.schedule(
        failing(
            () -> {
              throw new IllegalStateException("on purpose");
            }),
        100);
    timers.schedule(
        failing(
            () -> {
              throw new ScarceAllocator.Exhausted();
            }),
        100);
    timers.schedule(node("other"), 100);
    pass(100);
    assertThat(expired).containsExactly("other");
  }

  @Property(tries = 200)
  void everyDeadlineIsMetOnceAndInTime(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 150_000) Long> deadlines,
      @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 5_000) Long> steps) {
    List<Long> lateness = new ArrayList<>();
    for (long deadline : deadlines) {
      timers.schedule(
          new TimerNode() {
            @Override
            void expired(long nowMillis) {
              lateness.add(nowMillis - deadline);
            }
          },
          deadline);
    }
    long longestStep = 0;
    for (long step : steps) {
      longestStep = Math.max(longestStep, step);
      pass(step);
    }
    long now = timers.now();
    long tick = LoopTimers.TICK_MILLIS;

    assertThat(lateness).allMatch(late -> late >= 0);
    assertThat(lateness.stream().mapToLong(late -> late).max().orElse(0))
        .isLessThan(longestStep + tick);
    assertThat(lateness)
        .hasSize(
            (int)
                deadlines.stream()
                    .filter(at -> Math.max(1, Math.ceilDiv(at, tick)) <= now / tick)
                    .count());
  }

  private void pass(long millis) {
    ticker.advanceMillis(millis);
    timers.turn();
  }

  private TimerNode node(String name) {
    return new TimerNode() {
      @Override
      void expired(long nowMillis) {
        expired.add(name);
      }
    };
  }

  private static TimerNode failing(Runnable failure) {
    return new TimerNode() {
      @Override
      void expired(long nowMillis) {
        failure.run();
      }
    };
  }
}
