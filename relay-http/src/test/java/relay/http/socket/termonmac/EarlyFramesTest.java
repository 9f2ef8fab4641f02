package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EarlyFramesTest {
  private final EarlyFrames early = new EarlyFrames();

  @Test
  void onlySoMuchIsKeptAndWhatIsTakenMakesPlace() {
    assertThat(early.keep(1, ByteBuffer.allocate(EarlyFrames.MAX_BYTES))).isTrue();
    assertThat(early.keep(2, ByteBuffer.allocate(1))).as("found no place").isFalse();
    assertThat(early.take(2)).isEmpty();

    assertThat(early.keep(3, ByteBuffer.allocate(EarlyFrames.MAX_BYTES))).isTrue();
    assertThat(early.take(3)).hasSize(1);
  }

  @Test
  void whatIsKeptIsACopyAndTheOriginalStaysAsItWas() {
    ByteBuffer original = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    early.keep(1, original);
    assertThat(original.position()).isEqualTo(1);
    original.put(1, (byte) 9);
    assertThat(early.take(1)).containsExactly(ByteBuffer.wrap(new byte[] {2, 3}));
  }

  @Test
  void anEpochThatHasBegunLaterForgetsTheEarlierOnes() {
    early.keep(1, ByteBuffer.allocate(1));
    early.keep(3, ByteBuffer.allocate(3));
    assertThat(early.take(2)).isEmpty();
    assertThat(early.take(1)).isEmpty();
    assertThat(early.take(3)).hasSize(1);
  }
}
