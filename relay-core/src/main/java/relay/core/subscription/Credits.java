package relay.core.subscription;

/**
 * Credits by what they were spent on (TermOnMac 6.1).
 *
 * @param messages for frames relayed
 * @param duration for time in which Mac and phone were both there
 */
public record Credits(long messages, long duration) {
  public static final Credits NONE = new Credits(0, 0);

  public Credits {
    if (messages < 0 || duration < 0) {
      throw new IllegalArgumentException(
          messages + " and " + duration + " are no credits: neither may be below 0");
    }
  }

  public long total() {
    return messages + duration;
  }

  Credits plus(Credits other) {
    return new Credits(messages + other.messages, duration + other.duration);
  }
}
