package relay.http.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionCapTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void newConnCapRejectsNonPositive(int max) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionCap(max));
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    ConnectionCap cap = new ConnectionCap(2);
    ConnectionCap.Slot first = cap.take().orElseThrow();
    assertThat(cap.take()).isPresent();
    assertThat(cap.take()).isEmpty();

    first.release();
    first.release();

    assertThat(cap.taken()).isOne();
    assertThat(cap.take()).isPresent();
    assertThat(cap.take()).isEmpty();
  }

  @Test
  void racersNeverTakeMoreThanThereIs() throws InterruptedException, ExecutionException {
    ConnectionCap cap = new ConnectionCap(3);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> highest =
          IntStream.range(0, 8).mapToObj(_ -> threads.submit(() -> takeAndRelease(cap))).toList();
      for (Future<Integer> each : highest) {
        assertThat(each.get()).isBetween(1, 3);
      }
    }
    assertThat(cap.taken()).isZero();
  }

  private static int takeAndRelease(ConnectionCap cap) {
    int highest = 0;
    for (int i = 0; i < 2_000 || highest == 0; i++) {
      Optional<ConnectionCap.Slot> slot = cap.take();
      if (slot.isPresent()) {
        highest = Math.max(highest, cap.taken());
        slot.get().release();
      }
    }
    return highest;
  }
}
