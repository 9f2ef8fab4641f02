package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.Test;
import relay.core.wire.LinkMessage;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.core.wire.LinkMessage.FrameCredit;
import relay.core.wire.LinkMessage.LinkBroken;
import relay.core.wire.LinkMessage.TargetCongested;

class LinkMessageSerializerTest {
  private static final String EDGE = "pekko://relay@[::1]:7355/system/edge#1";
  private final LinkMessageSerializer serializer = new LinkMessageSerializer();

  @Property(tries = 200)
  void batchesComeBackAsTheyWere(
      @ForAll int lane,
      @ForAll int generation,
      @ForAll long sequence,
      @ForAll boolean wantsCredit,
      @ForAll @Size(max = 2000) byte[] records)
      throws NotSerializableException {
    var batch = new FrameBatch(EDGE, lane, generation, sequence, wantsCredit, records);
    assertThat(bothWays(batch)).usingRecursiveComparison().isEqualTo(batch);
  }

  @Property(tries = 50)
  void theRestComesBackAsItWas(
      @ForAll int lane, @ForAll int generation, @ForAll long value, @ForAll boolean flag)
      throws NotSerializableException {
    var credit = new FrameCredit(EDGE, lane, generation, value);
    var congested = new TargetCongested(EDGE, lane, generation, value, flag);
    var broken = new LinkBroken(EDGE, lane, generation);
    assertThat(bothWays(credit)).isEqualTo(credit);
    assertThat(bothWays(congested)).isEqualTo(congested);
    assertThat(bothWays(broken)).isEqualTo(broken);
  }

  @Test
  void aBufferThatIsTooShortIsAnErrorAndNotATruncatedBatch() {
    var batch = new FrameBatch(EDGE, 0, 1, 1, false, new byte[1000]);
    int whole = serializer.toBinary(batch).length;
    for (int length = 0; length < whole; length++) {
      ByteBuffer tooShort = ByteBuffer.allocate(length);
      assertThatExceptionOfType(BufferOverflowException.class)
          .isThrownBy(() -> serializer.toBinary(batch, tooShort));
    }
  }

  @Test
  void anUnknownManifestIsRefused() {
    byte[] bytes = serializer.toBinary(new LinkBroken(EDGE, 0, 1));
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> serializer.fromBinary(bytes, "frames/2"));
  }

  @Test
  void itIsTheOneUsedForLinkMessages() {
    ActorTestKit kit = ActorTestKit.create();
    try {
      assertThat(
              SerializationExtension.get(Adapter.toClassic(kit.system()))
                  .findSerializerFor(new LinkBroken(EDGE, 0, 1)))
          .isInstanceOf(LinkMessageSerializer.class);
    } finally {
      kit.shutdownTestKit();
    }
  }

  private Object bothWays(LinkMessage message) throws NotSerializableException {
    byte[] bytes = serializer.toBinary(message);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
    serializer.toBinary(message, direct);
    assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(bytes));
    Object read = serializer.fromBinary(direct, serializer.manifest(message));
    assertThat(serializer.fromBinary(bytes, serializer.manifest(message)))
        .usingRecursiveComparison()
        .isEqualTo(read);
    return read;
  }
}
