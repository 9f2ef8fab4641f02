package relay.http.counting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.epoll.Epoll;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.termonmac.TestAccounts;

/**
 * Heap that an event loop takes for a frame which a whole relay carries between two sockets;
 * counted with the native transport of Linux.
 */
@EnabledOnOs(OS.LINUX)
class AllocationTest {
  private static final int FRAME_BYTES = 256;

  /** So many only where something else keeps the compiler from its work. */
  private static final int MOST_ROUNDS = 60;

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.http.event-loops", 1)
          .with("relay.tiers.free.credits-per-window", 0);

  private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

  @BeforeAll
  static void hasTheNativeTransport() {
    assertThat(Epoll.isAvailable()).as("%s", Epoll.unavailabilityCause()).isTrue();
  }

  /** The leak detector records where every buffer was touched, which no relay in service does. */
  @BeforeAll
  static void stopWatchingForLeaks() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterAll
  static void watchForLeaksAgain() {
    ResourceLeakDetector.setLevel(LEVEL);
  }

  /** Seen: 216, all of it Netty's and ours for one read and one write: two views, a promise. */
  @Test
  void aLonelyFrameTakesWhatOneReadAndOneWriteTake() throws IOException {
    assertTakesAtMost(256, 4_000, 1);
  }

  /** Seen: 10, the share of one read and one write; an object per frame would be 16 at least. */
  @Test
  void aFrameAmongOthersTakesNoObjectOfItsOwn() throws IOException {
    assertTakesAtMost(20, 400, 32);
  }

  /** Forwarded as they come, frames of a Mac and its phone cost no more than pyrycode's. */
  @Test
  void aFrameOfAMacTakesNoMore() throws IOException {
    TestAccounts accounts = new TestAccounts(() -> RELAY.node().opsAddress().getPort());
    String apiKey = accounts.create("counting@example.org").apiKey();
    try (MacTalk talk = MacTalk.in("counting", RELAY.port(), apiKey, FRAME_BYTES)) {
      assertTakesAtMost(256, talk::exchange, 4_000, 1);
      assertTakesAtMost(20, talk::exchange, 400, 32);
    }
  }

  private interface Exchange {
    void run(int times, int atOnce) throws IOException;
  }

  private static void assertTakesAtMost(long bytesPerFrame, int times, int atOnce)
      throws IOException {
    try (Talk talk = Talk.in("room-" + atOnce, RELAY.port(), FRAME_BYTES)) {
      assertTakesAtMost(bytesPerFrame, talk::exchange, times, atOnce);
    }
  }

  /** In some round: compiling and rare work disturb one or the other, never all. */
  private static void assertTakesAtMost(
      long bytesPerFrame, Exchange exchange, int times, int atOnce) throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least > bytesPerFrame; round++) {
      long before = allocatedByLoops();
      exchange.run(times, atOnce);
      least = Math.min(least, (allocatedByLoops() - before) / (2L * times * atOnce));
    }
    assertThat(least).isPositive().isLessThanOrEqualTo(bytesPerFrame);
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("relay-loop"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }
}
