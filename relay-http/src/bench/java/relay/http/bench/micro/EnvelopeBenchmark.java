package relay.http.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import relay.core.protocol.JsonText;
import relay.core.protocol.pyrycode.EnvelopeCodec;
import relay.core.protocol.pyrycode.EnvelopeReader;

/** The splice of pyrycode 3.1 and 3.4: a frame put into an envelope, and found in one. */
@State(Scope.Thread)
public class EnvelopeBenchmark {
  private static final String CONN_ID = "3f2b8a4e-6d1c-4b8e-9f60-0a1b2c3d4e5f";

  /** Length of the frame. */
  @Param({"256", "16384"})
  int bytes;

  private final EnvelopeReader reader = new EnvelopeReader();
  private final byte[] connId = CONN_ID.getBytes(UTF_8);
  private final byte[] head = EnvelopeCodec.head(CONN_ID);
  private final byte[] tail = EnvelopeCodec.tail();
  private ByteBuffer frame = ByteBuffer.allocate(0);
  private ByteBuffer envelope = frame;
  private ByteBuffer out = frame;

  /** A frame as the reference client's encrypted ones look. */
  @Setup
  public void write() {
    String start = "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"";
    String text = start + "A".repeat(bytes - start.length() - 2) + "\"}";
    frame = direct(text.getBytes(UTF_8));
    envelope = direct(("{\"conn_id\":\"" + CONN_ID + "\",\"frame\":" + text + "}").getBytes(UTF_8));
    out = ByteBuffer.allocateDirect(envelope.capacity());
  }

  /** Phone to binary: is it JSON, then the bytes between head and tail. */
  @Benchmark
  public ByteBuffer wrap() {
    if (!JsonText.isValid(frame)) {
      throw new IllegalStateException("the frame is JSON");
    }
    out.clear().put(head);
    out.put(out.position(), frame, 0, bytes);
    return out.position(out.position() + bytes).put(tail);
  }

  /** Binary to phone: whose it is and where the frame lies, then its bytes. */
  @Benchmark
  public ByteBuffer unwrap() {
    if (reader.read(envelope) != EnvelopeReader.Result.FRAME || !reader.connIdIs(connId)) {
      throw new IllegalStateException("the envelope is for that phone");
    }
    int start = reader.frameStart();
    out.clear().put(0, envelope, start, reader.frameEnd() - start);
    reader.forget();
    return out;
  }

  private static ByteBuffer direct(byte[] text) {
    return ByteBuffer.allocateDirect(text.length).put(text).flip();
  }
}
