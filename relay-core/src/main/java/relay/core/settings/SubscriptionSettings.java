package relay.core.settings;

import java.time.Duration;

/**
 * How use is charged; defaults are those of TermOnMac 4.2 and 6.
 *
 * @param creditsPerFrame for a message that is relayed, a batch being one, 1
 * @param creditsPerMinute while Mac and phone are both there, 2
 * @param welcomeCredits of a new account, 10,000; 0 grants none
 * @param welcomeDuration until they expire, 7 d
 * @param leaseCredits most that one socket may spend before it reports; for each socket that lives,
 *     usage may pass the limit by this
 * @param leaseTimeout after which the lease of a socket that reports nothing is given back
 * @param flushInterval longest that a socket keeps what it has spent to itself
 * @param roomLease how long a room counts after its Mac was last there, 15 min
 * @param passivateAfter how long a subscription that is asked nothing stays in memory
 */
public record SubscriptionSettings(
    int creditsPerFrame,
    int creditsPerMinute,
    long welcomeCredits,
    Duration welcomeDuration,
    int leaseCredits,
    Duration leaseTimeout,
    Duration flushInterval,
    Duration roomLease,
    Duration passivateAfter) {
  private static final String KEY = "relay.subscription.";
  private static final int MAX_PRICE = 1_000_000;

  public SubscriptionSettings {
    Expect.between(KEY + "credits-per-frame", creditsPerFrame, 0, MAX_PRICE);
    Expect.between(KEY + "credits-per-minute", creditsPerMinute, 0, MAX_PRICE);
    Expect.notNegative(KEY + "welcome-credits", welcomeCredits);
    Expect.positive(KEY + "welcome-duration", welcomeDuration);
    Expect.positive(KEY + "lease-credits", leaseCredits);
    Expect.positive(KEY + "lease-timeout", leaseTimeout);
    Expect.positive(KEY + "flush-interval", flushInterval);
    Expect.positive(KEY + "room-lease", roomLease);
    Expect.positive(KEY + "passivate-after", passivateAfter);
  }

  static SubscriptionSettings from(Section section) {
    return new SubscriptionSettings(
        section.number("credits-per-frame"),
        section.number("credits-per-minute"),
        section.number("welcome-credits"),
        section.duration("welcome-duration"),
        section.number("lease-credits"),
        section.duration("lease-timeout"),
        section.duration("flush-interval"),
        section.duration("room-lease"),
        section.duration("passivate-after"));
  }
}
