package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator.MaxMessageHandle;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class ReadSpaceTest {
  private final ReadSpace space = new ReadSpace();
  private final MaxMessageHandle one = space.newHandle();
  private final MaxMessageHandle other = space.newHandle();

  @AfterEach
  void endTheLoop() {
    FastThreadLocal.removeAll();
  }

  @Test
  void connectionsOfOneThreadAreReadIntoTheSameSpace() {
    read(one, 100).release();
    ByteBuf second = read(other, 300);
    assertThat(second.readableBytes()).isEqualTo(300);
    assertThat(second.capacity()).isEqualTo(ReadSpace.SHARED_BYTES);
    second.release();
  }

  @Test
  void whatAHandlerKeepsIsNotReadOver() {
    ByteBuf kept = read(one, 3);
    kept.setByte(0, 42);
    ByteBuf next = read(other, 3);
    next.setByte(0, 1);
    assertThat(kept.getByte(0)).isEqualTo((byte) 42);
    assertThat(next.capacity()).isEqualTo(ReadSpace.OWN_BYTES);
    next.release();
    kept.release();
  }

  @Test
  void theSpaceIsSharedAgainOnceItIsLetGo() {
    ByteBuf kept = read(one, 3);
    read(other, 3).release();
    kept.release();
    ByteBuf next = read(other, 3);
    assertThat(next.capacity()).isEqualTo(ReadSpace.SHARED_BYTES);
    next.release();
  }

  @Test
  void aConnectionThatFillsItsOwnSpaceGetsMore() {
    ByteBuf kept = read(one, 3);
    read(other, ReadSpace.OWN_BYTES).release();
    ByteBuf next = read(other, 3);
    assertThat(next.capacity()).isEqualTo(4 * ReadSpace.OWN_BYTES);
    next.release();
    ByteBuf third = read(other, 3);
    assertThat(third.capacity()).isEqualTo(ReadSpace.OWN_BYTES);
    third.release();
    kept.release();
  }

  private static ByteBuf read(MaxMessageHandle handle, int bytes) {
    ByteBuf space = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
    handle.attemptedBytesRead(space.writableBytes());
    space.writerIndex(bytes);
    handle.lastBytesRead(bytes);
    return space;
  }
}
