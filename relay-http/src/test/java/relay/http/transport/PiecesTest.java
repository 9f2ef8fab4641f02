package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import relay.core.wire.FrameBatchReader;
import relay.core.wire.FrameBatchWriter;
import relay.core.wire.FrameBatchWriter.Head;

class PiecesTest {
  private static final byte[] NONE = {};
  private static final ReturnPath NORTH = new Path("north");
  private static final ReturnPath SOUTH = new Path("south");

  private final Pieces pieces = new Pieces(10);

  @Test
  void aMessageIsPutTogetherFromItsPieces() {
    assertThat(pieces.take(first(2, "abcd"), NORTH)).isTrue();
    assertThat(pieces.take(next(1, "efgh"), NORTH)).isTrue();
    assertThat(complete("i", NORTH)).isEqualTo("abcdefghi");
    assertThat(complete("alone", NORTH)).isEqualTo("alone");
  }

  @Test
  void lanesDoNotMix() {
    assertThat(pieces.take(first(1, "nor"), NORTH)).isTrue();
    assertThat(pieces.take(first(1, "sou"), SOUTH)).isTrue();
    assertThat(complete("th", SOUTH)).isEqualTo("south");
    assertThat(complete("th", NORTH)).isEqualTo("north");
  }

  @Test
  void aPieceThatIsNotTheNextOneIsRefused() {
    assertThat(pieces.take(next(1, "a"), NORTH)).isFalse();
    assertThat(pieces.take(first(3, "a"), NORTH)).isTrue();
    assertThat(pieces.take(next(1, "b"), NORTH)).isFalse();
    assertThat(pieces.take(next(2, "much too long"), NORTH)).isFalse();
  }

  @Test
  void whatCouldNeverBeQueuedIsNotCollected() {
    assertThat(pieces.take(first(2, "abcdef"), NORTH)).isFalse();
    assertThat(pieces.take(first(65_535, "a"), NORTH)).isFalse();
    assertThat(complete("x", NORTH)).isEqualTo("x");
  }

  @Test
  void whatALostNodeBeganIsForgotten() {
    assertThat(pieces.take(first(1, "nor"), NORTH)).isTrue();
    assertThat(pieces.take(first(1, "sou"), SOUTH)).isTrue();
    pieces.forget("north");
    assertThat(complete("new", NORTH)).isEqualTo("new");
    assertThat(complete("th", SOUTH)).isEqualTo("south");
  }

  private String complete(String last, ReturnPath from) {
    return UTF_8.decode(pieces.complete(ByteBuffer.wrap(last.getBytes(UTF_8)), from)).toString();
  }

  private static FrameBatchReader first(int following, String text) {
    return record(DeliveryCode.FIRST_PIECE, following, text);
  }

  private static FrameBatchReader next(int following, String text) {
    return record(DeliveryCode.NEXT_PIECE, following, text);
  }

  private static FrameBatchReader record(int kind, int following, String text) {
    var writer = new FrameBatchWriter(0);
    writer.append(
        new Head(1, 1, kind, following), NONE, ByteBuffer.wrap(text.getBytes(UTF_8)), NONE);
    var reader = new FrameBatchReader(writer.take());
    assertThat(reader.next()).isTrue();
    return reader;
  }

  private static final class Path extends ReturnPath {
    private final String edge;

    Path(String edge) {
      super(LinkLimits.DEFAULT);
      this.edge = edge;
    }

    @Override
    boolean leadsTo(String other) {
      return edge.equals(other);
    }

    @Override
    void credit(long consumedBytes) {}

    @Override
    void congested(long socket, boolean isCongested) {}
  }
}
