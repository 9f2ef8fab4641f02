package relay.http.bench.micro;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import relay.http.frame.FrameParser;
import relay.http.frame.FrameRenderer;
import relay.http.frame.FrameSink;
import relay.http.frame.Opcode;

/** A masked text frame read in place, and a server's frame written (RFC 6455 5.2). */
@State(Scope.Thread)
public class CodecBenchmark {
  private static final int MAX_BYTES = 262_144;

  /** Length of the payload. */
  @Param({"256", "16384"})
  int bytes;

  private final FrameParser parser = new FrameParser(MAX_BYTES);
  private final CountingSink sink = new CountingSink();
  private ByteBuffer frame = ByteBuffer.allocate(0);
  private ByteBuffer in = frame;
  private ByteBuffer out = frame;
  private ByteBuffer payload = frame;

  /** A frame of printable characters. */
  @Setup
  public void write() {
    byte[] key = {0x37, (byte) 0xFA, 0x21, 0x3D};
    frame = ByteBuffer.allocateDirect(bytes + 14);
    frame.put((byte) 0x81).put((byte) 0xFE).putShort((short) bytes).put(key);
    for (int i = 0; i < bytes; i++) {
      frame.put((byte) (('a' + i % 26) ^ key[i & 3]));
    }
    frame.flip();
    in = ByteBuffer.allocateDirect(frame.limit());
    out = ByteBuffer.allocateDirect(frame.limit());
    payload = ByteBuffer.allocateDirect(bytes);
  }

  /** The copy gives back what parsing unmasks in place. */
  @Benchmark
  public int parse() {
    in.clear().put(0, frame, 0, frame.limit());
    parser.parse(in, sink);
    return sink.bytes;
  }

  /** Header and payload into a buffer that is sent. */
  @Benchmark
  public ByteBuffer render() {
    FrameRenderer.putHeader(out.clear(), Opcode.TEXT, bytes);
    return out.put(out.position(), payload, 0, bytes);
  }

  private static final class CountingSink implements FrameSink {
    private int bytes;

    @Override
    public boolean message(ByteBuffer payload, boolean text) {
      bytes += payload.remaining();
      return true;
    }

    @Override
    public void ping(ByteBuffer payload) {}

    @Override
    public void pong(ByteBuffer payload) {}

    @Override
    public void close(int code, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void violation(int closeCode, String reason) {
      throw new IllegalStateException(reason);
    }
  }
}
