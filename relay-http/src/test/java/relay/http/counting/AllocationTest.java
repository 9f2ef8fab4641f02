package relay.http.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.epoll.Epoll;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.termonmac.TestAccounts;

/** Heap that an event loop takes for a frame which a whole relay carries between two sockets. */
class AllocationTest {
  private static final int FRAME_BYTES = 256;
  private static final int ROUNDS = 8;

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.http.event-loops", 1)
          .with("relay.tiers.free.credits-per-window", 0);

  private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

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
    assumeThat(Epoll.isAvailable()).as("counted with the native transport").isTrue();
    assertThat(bytesPerFrame(4_000, 1)).isPositive().isLessThanOrEqualTo(256);
  }

  /** Seen: 10, the share of one read and one write; an object per frame would be 16 at least. */
  @Test
  void aFrameAmongOthersTakesNoObjectOfItsOwn() throws IOException {
    assumeThat(Epoll.isAvailable()).as("counted with the native transport").isTrue();
    assertThat(bytesPerFrame(400, 32)).isPositive().isLessThanOrEqualTo(20);
  }

  /** Forwarded as they come, frames of a Mac and its phone cost no more than pyrycode's. */
  @Test
  void aFrameOfAMacTakesNoMore() throws IOException {
    assumeThat(Epoll.isAvailable()).as("counted with the native transport").isTrue();
    TestAccounts accounts = new TestAccounts(() -> RELAY.node().opsAddress().getPort());
    String apiKey = accounts.create("counting@example.org").apiKey();
    try (MacTalk talk = MacTalk.in("counting", RELAY.port(), apiKey, FRAME_BYTES)) {
      assertThat(bytesPerFrame(talk::exchange, 4_000, 1)).isPositive().isLessThanOrEqualTo(256);
      assertThat(bytesPerFrame(talk::exchange, 400, 32)).isPositive().isLessThanOrEqualTo(20);
    }
  }

  private interface Exchange {
    void run(int times, int atOnce) throws IOException;
  }

  private static long bytesPerFrame(int times, int atOnce) throws IOException {
    try (Talk talk = Talk.in("room-" + atOnce, RELAY.port(), FRAME_BYTES)) {
      return bytesPerFrame(talk::exchange, times, atOnce);
    }
  }

  /** The least of some rounds: compiling and rare work disturb one or the other, never all. */
  private static long bytesPerFrame(Exchange exchange, int times, int atOnce) throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocatedByLoops();
      exchange.run(times, atOnce);
      least = Math.min(least, (allocatedByLoops() - before) / (2L * times * atOnce));
    }
    return least;
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("relay-loop"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }
}
