package relay.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.socket.Liveness.Need;

class LivenessTest {
  private static final long START = -5_000;
  private static final long INTERVAL = 30_000;

  private static Liveness liveness(long timeoutMillis) {
    return Liveness.from(
        START, Duration.ofMillis(INTERVAL), Duration.ofMillis(timeoutMillis), new Random(1));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }

  @Test
  void pingsAtEveryInterval() {
    Liveness liveness = liveness(INTERVAL);
    long first = liveness.nextDue();
    assertThat(liveness.due(first - 1)).isEqualTo(Need.NOTHING);

    for (int beat = 0; beat < 5; beat++) {
      assertThat(liveness.due(first + beat * INTERVAL)).isEqualTo(Need.PING);
      assertThat(text(liveness.payload())).isEqualTo(String.valueOf(beat + 1));
      liveness.pong(liveness.payload());
      assertThat(liveness.nextDue()).isEqualTo(first + (beat + 1) * INTERVAL);
    }
  }

  @Test
  void aPongThatStaysAwayForTheTimeoutEndsIt() {
    Liveness liveness = liveness(INTERVAL);
    long ping = liveness.nextDue();
    assertThat(liveness.due(ping)).isEqualTo(Need.PING);

    assertThat(liveness.due(ping + INTERVAL - 1)).isEqualTo(Need.NOTHING);
    assertThat(liveness.nextDue()).isEqualTo(ping + INTERVAL);
    assertThat(liveness.due(ping + INTERVAL)).isEqualTo(Need.CLOSE);
  }

  @Test
  void overlappingTicksAreSkipped() {
    Liveness liveness = liveness(2 * INTERVAL + 1_000);
    long ping = liveness.nextDue();
    assertThat(liveness.due(ping)).isEqualTo(Need.PING);

    assertThat(liveness.due(ping + INTERVAL)).isEqualTo(Need.NOTHING);
    assertThat(liveness.due(ping + 2 * INTERVAL)).isEqualTo(Need.NOTHING);
    assertThat(liveness.nextDue()).isEqualTo(ping + 2 * INTERVAL + 1_000);
    liveness.pong(bytes("1"));
    assertThat(liveness.due(ping + 3 * INTERVAL)).isEqualTo(Need.PING);
  }

  @Test
  void aStallMissesTicksInsteadOfCatchingUp() {
    Liveness liveness = liveness(INTERVAL);
    long first = liveness.nextDue();

    assertThat(liveness.due(first + 10 * INTERVAL + 7)).isEqualTo(Need.PING);
    liveness.pong(bytes("1"));
    assertThat(liveness.due(first + 10 * INTERVAL + 8)).isEqualTo(Need.NOTHING);
    assertThat(liveness.nextDue()).isEqualTo(first + 11 * INTERVAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "2", "-1", "1x", " 1", "99999999999999999999", "184467440737095516161"})
  void pongsThatAnswerNothingChangeNothing(String payload) {
    Liveness liveness = liveness(INTERVAL);
    long ping = liveness.nextDue();
    assertThat(liveness.due(ping)).isEqualTo(Need.PING);

    liveness.pong(bytes(payload));

    assertThat(liveness.isAnswered(1)).isFalse();
    assertThat(liveness.due(ping + INTERVAL)).isEqualTo(Need.CLOSE);
  }

  @Test
  void socketsAcceptedTogetherDoNotPingTogether() {
    Random random = new Random(2);
    List<Long> firsts =
        Stream.generate(
                () -> Liveness.from(0, Duration.ofSeconds(30), Duration.ofSeconds(30), random))
            .limit(10_000)
            .map(Liveness::nextDue)
            .toList();

    assertThat(firsts).allMatch(first -> first >= 1 && first <= INTERVAL);
    Map<Long, Long> perSecond =
        firsts.stream().collect(Collectors.groupingBy(it -> it / 1_000, Collectors.counting()));
    assertThat(perSecond.values()).allMatch(count -> count < 500);
  }
}
