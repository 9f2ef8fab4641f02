package relay.core.wire;

/**
 * What two edges say to each other about the frames between their sockets.
 *
 * <p>Each loop of the sending node has one lane to each other edge. A lane that lost something is
 * given up and begun again under the next generation. Told to an edge, in its order; each carries
 * the serialized reference of the edge that speaks.
 */
public sealed interface LinkMessage extends ClusterMessage {

  String fromEdge();

  int lane();

  int generation();

  /**
   * Frames of one loop tick, in the layout of {@link FrameBatchWriter}. Sequence numbers of a lane
   * begin at 1 and have no gap.
   */
  final class FrameBatch implements LinkMessage {
    private final String fromEdge;
    private final int lane;
    private final int generation;
    private final long sequence;
    private final boolean wantsCredit;
    private final byte[] records;

    /**
     * Takes over the array, which must not change any more.
     *
     * @param wantsCredit whether somebody waits for all of this to be consumed
     */
    public FrameBatch(
        String fromEdge,
        int lane,
        int generation,
        long sequence,
        boolean wantsCredit,
        byte[] records) {
      this.fromEdge = fromEdge;
      this.lane = lane;
      this.generation = generation;
      this.sequence = sequence;
      this.wantsCredit = wantsCredit;
      this.records = records;
    }

    @Override
    public String fromEdge() {
      return fromEdge;
    }

    @Override
    public int lane() {
      return lane;
    }

    @Override
    public int generation() {
      return generation;
    }

    public long sequence() {
      return sequence;
    }

    public boolean wantsCredit() {
      return wantsCredit;
    }

    /** Not copied: batches are read by those who carry them. */
    public byte[] records() {
      return records;
    }

    @Override
    public String toString() {
      return "FrameBatch[lane=%d, sequence=%d, bytes=%d]".formatted(lane, sequence, records.length);
    }
  }

  /** So many bytes of that lane's generation have been consumed since it began. */
  record FrameCredit(String fromEdge, int lane, int generation, long consumed)
      implements LinkMessage {}

  /** That socket has too much queued, or no longer; who sends to it stops reading meanwhile. */
  record TargetCongested(
      String fromEdge, int lane, int generation, long socket, boolean isCongested)
      implements LinkMessage {}

  /** A batch of that lane's generation is missing; nothing of it is accepted any more. */
  record LinkBroken(String fromEdge, int lane, int generation) implements LinkMessage {}
}
