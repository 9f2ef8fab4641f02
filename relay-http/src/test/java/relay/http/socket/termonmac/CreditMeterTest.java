package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;

class CreditMeterTest {
  private static final long MOST = CreditMeter.AS_MANY_AS_ALLOWED;

  private record Asked(long sequence, long frames, long pairedMillis, long want) {}

  private final List<Asked> asked = new ArrayList<>();
  private final CreditMeter meter = meterOf(1);
  private long now = 1_000;

  private CreditMeter meterOf(int creditsPerFrame) {
    return new CreditMeter(
        new CreditTerms(creditsPerFrame, 100, Duration.ofSeconds(2)),
        (spending, want) ->
            asked.add(
                new Asked(spending.sequence(), spending.frames(), spending.pairedMillis(), want)));
  }

  private void opened() {
    meter.begin(now);
    meter.leased(0, now);
  }

  private void paired(long credits) {
    opened();
    meter.paired(true, now);
    meter.leased(credits, now);
    asked.clear();
  }

  @Test
  void aSocketThatMeetsNobodyAsksOnceAndOwesNothing() {
    opened();
    assertThat(asked).containsExactly(new Asked(1, 0, 0, 0));
    assertThat(meter.nextDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(meter.end(now)).isEmpty();
  }

  @Test
  void aLeaseIsAskedForWhenTheOtherSideComesAndAgainAtHalf() {
    opened();
    meter.paired(true, now);
    assertThat(asked).endsWith(new Asked(2, 0, 0, MOST));
    meter.leased(100, now);
    asked.clear();
    spend(49);
    assertThat(asked).isEmpty();
    spend(1);
    assertThat(asked).containsExactly(new Asked(3, 50, 0, MOST));
    spend(10);
    meter.leased(100, now);
    assertThat(asked).as("90 are left").hasSize(1);
  }

  @Test
  void usedUpMeansWaitingForTheAnswer() {
    paired(2);
    assertThat(meter.spend(now)).isTrue();
    assertThat(meter.spend(now)).isFalse();
    assertThat(asked).containsExactly(new Asked(3, 1, 0, MOST));
    meter.leased(1, now);
    assertThat(meter.mayGoOn()).as("the second frame has used it").isFalse();
    assertThat(asked).endsWith(new Asked(4, 1, 0, MOST));
    meter.leased(1, now);
    assertThat(meter.mayGoOn()).isTrue();
  }

  @Test
  void whatIsSpentIsReportedInTime() {
    paired(100);
    spend(3);
    assertThat(meter.nextDue()).isEqualTo(now + 2_000);
    now += 2_000;
    meter.due(now);
    assertThat(asked).containsExactly(new Asked(3, 3, 2_000, MOST));
  }

  @Test
  void aQuestionIsRepeatedUnchangedUntilItIsAnswered() {
    paired(100);
    spend(1);
    now += 2_000;
    meter.due(now);
    spend(5);
    now += 2_000;
    meter.due(now);
    Asked question = new Asked(3, 1, 2_000, MOST);
    assertThat(asked).containsExactly(question, question);
    assertThat(meter.isAwaited(new CreditReply.Leased(2, 1))).isFalse();
    assertThat(meter.isAwaited(new CreditReply.Leased(3, 1))).isTrue();
    meter.leased(100, now);
    assertThat(meter.isAwaited(new CreditReply.Leased(3, 1))).isFalse();
    now += 2_000;
    meter.due(now);
    assertThat(asked).endsWith(new Asked(4, 5, 4_000, MOST));
  }

  @Test
  void whoIsNotAnsweredWaitsHoweverLongItTakes() {
    paired(1);
    assertThat(meter.spend(now)).isFalse();
    for (int minute = 0; minute < 5; minute++) {
      now += 60_000;
      meter.due(now);
      assertThat(meter.mayGoOn()).isFalse();
    }
    meter.leased(10, now);
    assertThat(meter.mayGoOn()).isTrue();
  }

  @Test
  void timeIsChargedToTheMacWhileBothAreThere() {
    paired(100);
    now += 60_000;
    meter.due(now);
    assertThat(asked).containsExactly(new Asked(3, 0, 60_000, MOST));
    meter.leased(100, now);
    now += 5_000;
    meter.unpaired(now);
    now += 7_000;
    meter.due(now);
    assertThat(asked).endsWith(new Asked(4, 0, 5_000, 0));
  }

  @Test
  void aPhonePaysForNoTime() {
    opened();
    meter.paired(false, now);
    meter.leased(100, now);
    now += 90_000;
    assertThat(meter.nextDue()).isEqualTo(Long.MAX_VALUE);
    meter.spend(now);
    assertThat(meter.end(now)).containsExactly(new Spending(3, 1, 0, true));
  }

  @Test
  void theEndSettlesWhatIsOpen() {
    paired(100);
    spend(50);
    spend(2);
    now += 1_000;
    assertThat(meter.end(now))
        .containsExactly(new Spending(3, 50, 0, false), new Spending(4, 2, 1_000, true));
  }

  @Test
  void freeFramesNeedNoLease() {
    CreditMeter free = meterOf(0);
    free.begin(now);
    free.leased(0, now);
    free.paired(false, now);
    assertThat(free.spend(now)).isTrue();
    assertThat(asked).hasSize(1);
    assertThat(free.nextDue()).as("they are counted all the same").isEqualTo(now + 2_000);
  }

  private void spend(int frames) {
    for (int i = 0; i < frames; i++) {
      meter.spend(now);
    }
  }
}
