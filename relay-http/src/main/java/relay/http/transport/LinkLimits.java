package relay.http.transport;

/**
 * Bounds of the way between two loops.
 *
 * @param batchBytes a batch of this size does not wait for the end of the tick
 * @param recordBytes what is longer goes in pieces, since what carries batches has a bound as well
 * @param windowBytes most that may be under way; a batch counts at least a 1024th of it, so that
 *     the number of batches is bounded too
 * @param flowBytes most that one source may send without hearing that earlier bytes were consumed,
 *     so that a target can stop it in time
 */
record LinkLimits(int batchBytes, int recordBytes, long windowBytes, long flowBytes) {
  static final LinkLimits DEFAULT =
      new LinkLimits(512 * 1024, 512 * 1024, 8 * 1024 * 1024, 128 * 1024);

  /** The same between two loops of one node, which hand each other batches of any size. */
  LinkLimits withoutPieces() {
    return new LinkLimits(batchBytes, Integer.MAX_VALUE, windowBytes, flowBytes);
  }

  long charge(int batchBytes) {
    return Math.max(batchBytes, windowBytes / 1024);
  }

  /** Credit is given back in eighths of the window, or when it is asked for. */
  long creditBytes() {
    return windowBytes / 8;
  }
}
