package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.frame.Heard.textLine;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.KEY;
import static relay.http.testing.ClientFrames.frames;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.ClientFrames;

/**
 * How long a message may be, and what it may cost: section 9 of the Autobahn suite, and our own.
 */
class LimitsTest {
  private static final int MAX = 262_144;

  @ParameterizedTest
  @ValueSource(ints = {100, 4096, 1_000_000})
  void aMessageOfExactlyTheLimitIsDelivered(int chunk) {
    String text = "x".repeat(MAX);
    assertThat(Heard.from(frames().text(text).bytes(), chunk, MAX)).containsExactly(textLine(text));
    String half = "x".repeat(MAX / 2);
    assertThat(Heard.from(frames().firstOfText(half).last(half).bytes(), chunk, MAX))
        .containsExactly(textLine(text));
  }

  @ParameterizedTest
  @CsvSource({"262145", "1000000", "4294967296", "9223372036854775807"})
  void oneMoreIsRefusedByItsHeader(long length) {
    assertThat(Heard.from(frames().header(FIN | Opcode.TEXT, length, KEY).bytes(), 20, MAX))
        .containsExactly("violation 1009");
  }

  @Test
  void fragmentsAreCountedTogether() {
    byte[] input =
        frames()
            .firstOfText("x".repeat(MAX - 1))
            .next("x")
            .ping("y")
            .header(Opcode.CONTINUATION, 1, KEY)
            .bytes();
    assertThat(Heard.from(input, 10_000, MAX)).containsExactly("ping 79", "violation 1009");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 256, 1024, 4096, 16_384, 65_536})
  void aMessageOfAMebibyteComesInFragmentsOfAnySize(int fragment) {
    int total = 1 << 20;
    String part = "*".repeat(fragment);
    ClientFrames frames = frames().firstOfText("");
    for (int sent = 0; sent < total; sent += fragment) {
      frames.next(part);
    }
    byte[] input = frames.last("").bytes();
    assertThat(Heard.from(input, 64 << 10, total)).containsExactly(textLine("*".repeat(total)));
  }

  @Test
  void controlFramesAreNotCounted() {
    assertThat(Heard.from(frames().firstOfText("abc").ping("0123456789").last("d").bytes(), 99, 4))
        .containsExactly("ping 30313233343536373839", textLine("abcd"));
  }

  @Test
  void announcedBytesAreNotReservedBeforeTheyCome() {
    byte[] header = frames().header(FIN | Opcode.BINARY, 64 << 20, KEY).raw(new byte[10]).bytes();
    Runnable announced =
        () -> {
          FrameParser parser = new FrameParser(64 << 20);
          parser.parse(ByteBuffer.wrap(header.clone()), new Silent());
        };
    announced.run(); // What is loaded for the first time is not the parser's affair.
    assertThat(allocatedBy(announced)).isLessThan(50_000);
  }

  @Test
  void emptyFragmentsWithoutEndCostNoMemory() {
    FrameParser parser = new FrameParser(MAX);
    parser.parse(ByteBuffer.wrap(frames().firstOfText("start").bytes()), new Silent());
    assertSteady(parser, frames().next("").next("").next("").bytes());
    assertThat(parser.midMessage()).isTrue();
  }

  @Test
  void messagesOfOneChunkCostNoMemory() {
    byte[] input = frames().text("x".repeat(256)).ping("y").text("é".repeat(300)).bytes();
    assertSteady(new FrameParser(MAX), input);
  }

  @Test
  void aStreamWhoseChunksCutMessagesReusesItsArray() {
    byte[] message = frames().binary(new byte[16_384]).bytes();
    byte[] input = new byte[message.length];
    int cut = 5000;
    System.arraycopy(message, cut, input, 0, message.length - cut);
    System.arraycopy(message, 0, input, message.length - cut, cut);
    FrameParser parser = new FrameParser(MAX);
    parser.parse(ByteBuffer.wrap(message.clone(), 0, cut), new Silent());
    assertSteady(parser, input);
    assertThat(parser.midMessage()).isTrue();
  }

  private static void assertSteady(FrameParser parser, byte[] input) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(input.length);
    Silent sink = new Silent();
    Runnable feed =
        () -> {
          chunk.clear().put(input).flip();
          parser.parse(chunk, sink);
        };
    for (int i = 0; i < 100; i++) {
      feed.run();
    }
    long allocated =
        allocatedBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                feed.run();
              }
            });
    assertThat(sink.violations).isZero();
    assertThat(allocated).isLessThan(16_000);
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Listens and keeps nothing. */
  private static final class Silent implements FrameSink {
    private int violations;

    @Override
    public boolean message(ByteBuffer payload, boolean text) {
      return true;
    }

    @Override
    public void ping(ByteBuffer payload) {}

    @Override
    public void pong(ByteBuffer payload) {}

    @Override
    public void close(int code, String reason) {}

    @Override
    public void violation(int closeCode, String reason) {
      violations++;
    }
  }
}
