package relay.core.room;

import java.time.Duration;
import java.time.Instant;
import relay.core.protocol.Keys;

/**
 * How often in a row an agent has closed its connection as soon as it met a phone (TermOnMac 9.3):
 * that is all it can do about a phone it does not trust, and without an end to it the two would
 * meet twice a second.
 *
 * @param phoneKey the phone's public key
 * @param latest when it happened last
 */
public record Rejections(String phoneKey, int count, Instant latest) {
  /** None of any phone. */
  public static final Rejections NONE = new Rejections("", 0, Instant.EPOCH);

  private static final int ENOUGH = 3;
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration MEMORY = Duration.ofMinutes(1);

  /**
   * What is counted once an agent and a phone have parted.
   *
   * @param isFlight whether it was the agent that left, of its own will
   */
  Rejections afterMeeting(Slot agent, Slot phone, boolean isFlight, Instant parted) {
    Keys keys = phone.keys();
    if (keys == null) {
      return this;
    }
    Instant met = agent.since().isAfter(phone.since()) ? agent.since() : phone.since();
    if (!parted.isBefore(met.plus(AT_ONCE))) {
      return NONE;
    }
    int before = isAbout(keys.publicKey(), parted) ? count : 0;
    return isFlight ? new Rejections(keys.publicKey(), before + 1, parted) : this;
  }

  /** Whether the phone is better kept out for now. */
  boolean areEnough(String phone, Instant now) {
    return isAbout(phone, now) && count >= ENOUGH;
  }

  private boolean isAbout(String phone, Instant now) {
    return phoneKey.equals(phone) && now.isBefore(latest.plus(MEMORY));
  }

  @Override
  public String toString() {
    return "Rejections[count=" + count + "]";
  }
}
