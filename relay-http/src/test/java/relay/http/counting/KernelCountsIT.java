package relay.http.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.http.testing.ChildRelay;

/** What a frame costs the kernel: counts of a relay's process, which no busy machine changes. */
class KernelCountsIT {
  private static final int FRAME_BYTES = 256;
  private static final int ROUNDS = 5;

  /**
   * Java's own transport, whose calls are counted; what it is told to read and write is the same.
   */
  private static final Map<String, String> COUNTED =
      Map.of(
          "JAVA_TOOL_OPTIONS", "-Dio.netty.transport.noNative=true", "RELAY_HTTP_EVENT_LOOPS", "1");

  @Test
  void aFrameIsReadOnceWrittenOnceAndHandedToNoOtherThread(@TempDir Path dir) throws IOException {
    assumeThat(KernelCounts.areKept()).as("counted by Linux").isTrue();
    try (ChildRelay relay = ChildRelay.serve(dir, COUNTED)) {
      KernelCounts lonely = perFrame(relay, 1_000, 1);
      assertThat(lonely.reads()).isBetween(0.9, 1.1);
      assertThat(lonely.writes()).isBetween(0.9, 1.1);
      // One sleep until the frame comes; the rest is what a cluster's members tell each other.
      assertThat(lonely.sleeps()).isLessThanOrEqualTo(1.5);

      KernelCounts together = perFrame(relay, 200, 32);
      assertThat(together.reads()).isPositive().isLessThanOrEqualTo(0.1);
      assertThat(together.writes()).isPositive().isLessThanOrEqualTo(0.1);
      assertThat(together.sleeps()).isLessThanOrEqualTo(0.2);
    }
  }

  /** Those of the round with the least sleeps: rare work disturbs one or the other, never all. */
  private static KernelCounts perFrame(ChildRelay relay, int times, int atOnce) throws IOException {
    KernelCounts least = null;
    try (Talk talk = Talk.in("counted-" + atOnce, relay.port(), FRAME_BYTES)) {
      for (int round = 0; round < ROUNDS; round++) {
        KernelCounts before = KernelCounts.of(relay.pid());
        talk.exchange(times, atOnce);
        KernelCounts taken = KernelCounts.of(relay.pid()).since(before).per(2 * times * atOnce);
        least = least == null || taken.sleeps() < least.sleeps() ? taken : least;
      }
    }
    if (least == null) {
      throw new IllegalStateException("no rounds");
    }
    return least;
  }
}
