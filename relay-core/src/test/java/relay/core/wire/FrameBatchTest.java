package relay.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import relay.core.wire.FrameBatchWriter.Head;

class FrameBatchTest {
  private static final byte[] NONE = {};

  @Property(tries = 200)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> payloads,
      @ForAll long socket,
      @ForAll long epoch,
      @ForAll @IntRange(max = 255) int kind,
      @ForAll @IntRange(max = 65535) int closeCode) {
    var writer = new FrameBatchWriter(64);
    for (byte[] payload : payloads) {
      int third = payload.length / 3;
      writer.append(
          new Head(socket, epoch, kind, closeCode),
          Arrays.copyOf(payload, third),
          ByteBuffer.wrap(payload, third, third),
          Arrays.copyOfRange(payload, 2 * third, payload.length));
    }
    var reader = new FrameBatchReader(writer.take());
    List<byte[]> read = new ArrayList<>();
    while (reader.next()) {
      assertThat(reader.socket()).isEqualTo(socket);
      assertThat(reader.epoch()).isEqualTo(epoch);
      assertThat(reader.kind()).isEqualTo(kind);
      assertThat(reader.closeCode()).isEqualTo(closeCode);
      byte[] payload = new byte[reader.payload().remaining()];
      reader.payload().get(payload);
      read.add(payload);
    }
    assertThat(read).usingRecursiveComparison().isEqualTo(payloads);
    assertThat(writer.size()).isZero();
  }

  @Test
  void theLayoutIsFixed() {
    var writer = new FrameBatchWriter(64);
    writer.append(new Head(1, 2, 3, 4401), NONE, ByteBuffer.wrap(new byte[] {7}), NONE);
    assertThat(writer.take())
        .containsExactly(
            0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 3, 0x11, 0x31, 0, 0, 0, 1, 7);
  }

  @Test
  void aCutRecordIsRefused() {
    var writer = new FrameBatchWriter(64);
    writer.append(new Head(1, 2, 0, 0), new byte[] {1, 2, 3}, ByteBuffer.wrap(NONE), NONE);
    byte[] records = writer.take();
    for (int length = 1; length < records.length; length++) {
      var reader = new FrameBatchReader(records, 0, length);
      assertThatIllegalArgumentException().isThrownBy(reader::next);
    }
  }

  @Test
  void appendingLeavesTheBodyAsItWas() {
    ByteBuffer body = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    new FrameBatchWriter(64).append(new Head(1, 1, 0, 0), NONE, body, NONE);
    assertThat(body.position()).isEqualTo(1);
    assertThat(body.remaining()).isEqualTo(2);
  }
}
