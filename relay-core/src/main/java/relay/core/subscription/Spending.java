package relay.core.subscription;

/**
 * What a socket has relayed since its last report that was answered.
 *
 * @param sequence one more than that of the socket's last report, beginning with 1. A report whose
 *     answer is missing is sent again unchanged, and counts once
 * @param frames relayed, a batch being one
 * @param pairedMillis time in which Mac and phone were both there; only the Mac's socket has it
 * @param isLast whether the socket has ended, so that it needs no credits any more
 */
public record Spending(long sequence, long frames, long pairedMillis, boolean isLast) {
  private static final long MAX = 1_000_000_000_000L;

  public Spending {
    if (frames < 0 || frames > MAX || pairedMillis < 0 || pairedMillis > MAX) {
      throw new IllegalArgumentException(
          frames + " frames in " + pairedMillis + " ms: both must be from 0 to " + MAX);
    }
  }

  public boolean isEmpty() {
    return frames == 0 && pairedMillis == 0;
  }
}
