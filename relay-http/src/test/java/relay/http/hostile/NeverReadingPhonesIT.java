package relay.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/**
 * Fifteen phones of a room take no byte while their binary floods them. What is in memory is this
 * test's own: it comes last and nothing runs beside it.
 */
@Order(Integer.MAX_VALUE)
@ResourceLock("processes")
class NeverReadingPhonesIT {
  private static final int OUTBOX_BYTES = 1 << 20;
  private static final int PHONES = 15;
  private static final int UNSENT_BYTES = 64 * 1024;
  private static final int SLACK_BYTES = 64 << 20;
  private static final String LOAD = "\"" + "x".repeat(64 * 1024) + "\"";

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.pyrycode.outbox-bytes", OUTBOX_BYTES)
          .with("relay.http.max-unsent-bytes", UNSENT_BYTES)
          .with("relay.pyrycode.write-timeout", "60s");

  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  @Test
  void eachIsClosedWithItsReasonAndCostsNoMoreThanItsOutbox() {
    String room = "never reading";
    List<TestPeer> stuck = new ArrayList<>();
    try (LogText log = new LogText("relay", Level.INFO);
        TestPeer binary = TestPeer.binary(RELAY.port(), room);
        TestPeer sibling = TestPeer.phone(RELAY.port(), room)) {
      String toSibling = introduce(sibling, binary);
      List<String> toStuck = new ArrayList<>();
      for (int i = 0; i < PHONES; i++) {
        TestPeer phone = TestPeer.dialPhone(RELAY.port(), room).receiveBuffer(4096).connect();
        stuck.add(phone.expectHttp(101));
        toStuck.add(introduce(phone, binary));
        phone.stopReading();
      }
      long buffersBefore = buffers();
      long heapBefore = heap();
      long mostBuffers = 0;
      long mostUnsent = 0;
      for (int sent = 0; backlogged(log) < PHONES; sent++) {
        assertThat(sent).as("loads sent to each").isLessThan(2_000);
        toStuck.forEach(to -> binary.send(to + LOAD + "}"));
        binary.send(toSibling + sent + "}");
        sibling.expect(Integer.toString(sent));
        mostBuffers = Math.max(mostBuffers, buffers() - buffersBefore);
        mostUnsent = Math.max(mostUnsent, KernelQueues.longest(RELAY.port()));
      }
      assertThat(mostBuffers).isLessThan(2L * PHONES * OUTBOX_BYTES + SLACK_BYTES);
      assertThat(mostUnsent).as("held by the kernel for one").isLessThan(4L * UNSENT_BYTES);
      assertThat(heap() - heapBefore).isLessThan(SLACK_BYTES);
      stuck.forEach(
          it -> it.readAgain().expectCloseAfterTexts(1011, "phone backlog full").expectEnd());
      for (int i = 0; i < PHONES; i++) {
        assertThat(binary.expectText()).endsWith("\"close_code\":1011}");
      }
      binary.expectNothingMore();
      sibling.expectNothingMore();
      assertThat(buffers() - buffersBefore).isLessThan(SLACK_BYTES);
    } finally {
      stuck.forEach(TestPeer::close);
    }
  }

  /** What an envelope for that phone begins with. */
  private static String introduce(TestPeer phone, TestPeer binary) {
    phone.send("1");
    String envelope = binary.expectText();
    return envelope.substring(0, envelope.length() - "1}".length());
  }

  private static long backlogged(LogText log) {
    return log.entries().stream().filter(it -> it.contains("\"phone backlog full\"")).count();
  }

  /** Bytes that sockets have taken for what they write and read. */
  private static long buffers() {
    ByteBufAllocatorMetric metric =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    return metric.usedDirectMemory() + metric.usedHeapMemory();
  }

  private static long heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
