package relay.http.bench.micro;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import relay.core.room.RoomEvent;
import relay.core.room.SocketAddress;
import relay.core.wire.FrameBatchReader;
import relay.core.wire.FrameBatchWriter;
import relay.persistence.journal.RelayEventSerializer;

/** An event on its way to the journal and back, and frames on their way to another node. */
@State(Scope.Thread)
public class SerializerBenchmark {
  private static final int FRAMES = 16;
  private static final int KEPT_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final RelayEventSerializer serializer = new RelayEventSerializer();
  private final RoomEvent event =
      new RoomEvent.PhoneAttached(
          7,
          new SocketAddress("pekko://relay@127.0.0.1:25520/user/edge#1", 12_345),
          "3f2b8a4e-6d1c-4b8e-9f60-0a1b2c3d4e5f",
          Instant.parse("2026-01-01T00:00:00Z"));
  private final String manifest = serializer.manifest(event);
  private final byte[] stored = serializer.toBinary(event);
  private final FrameBatchWriter writer = new FrameBatchWriter(KEPT_BYTES);
  private final FrameBatchWriter.Head head = new FrameBatchWriter.Head(12_345, 7, 1, 0);
  private final ByteBuffer frame = ByteBuffer.allocateDirect(256);

  @Benchmark
  public byte[] writeEvent() {
    return serializer.toBinary(event);
  }

  @Benchmark
  public Object readEvent() throws NotSerializableException {
    return serializer.fromBinary(stored, manifest);
  }

  /** Sixteen frames of 256 bytes as one message, and its records again. */
  @Benchmark
  public long carryFrames() {
    for (int i = 0; i < FRAMES; i++) {
      writer.append(head, NOTHING, frame, NOTHING);
    }
    FrameBatchReader reader = new FrameBatchReader(writer.take());
    long bytes = 0;
    while (reader.next()) {
      bytes += reader.payload().remaining();
    }
    return bytes;
  }
}
