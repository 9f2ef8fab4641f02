package relay.core.settings;

import java.time.Duration;

/**
 * How long credentials and deleted accounts last, and how accounts are kept at hand.
 *
 * @param keyTtl of an API key that is not used, 30 d (TermOnMac 7.2)
 * @param refreshTtl of a refresh token while neither it nor its key is used, 180 d (7.2)
 * @param lifetime of a sign-in's credentials, used or not; 0 is without end
 * @param rotationGrace how long a rotation is answered again and the old key works on, 300 s (7.4)
 * @param deletionGrace how long a deletion can be undone, 30 d (7.7)
 * @param maxFamilies sign-ins of an account that have credentials at once
 * @param cachedCredentials credentials of which a node remembers whose they are
 * @param answerTimeout how long an account may take to answer
 * @param passivateAfter how long an account that is asked nothing stays in memory
 * @param sweepInterval how often the cluster looks for deleted accounts to erase, 1 h
 */
public record AccountSettings(
    Duration keyTtl,
    Duration refreshTtl,
    Duration lifetime,
    Duration rotationGrace,
    Duration deletionGrace,
    int maxFamilies,
    int cachedCredentials,
    Duration answerTimeout,
    Duration passivateAfter,
    Duration sweepInterval) {
  private static final String KEY = "relay.account.";

  public AccountSettings {
    Expect.positive(KEY + "key-ttl", keyTtl);
    Expect.positive(KEY + "refresh-ttl", refreshTtl);
    Expect.notNegative(KEY + "lifetime", lifetime);
    Expect.notNegative(KEY + "rotation-grace", rotationGrace);
    Expect.notNegative(KEY + "deletion-grace", deletionGrace);
    Expect.positive(KEY + "max-families", maxFamilies);
    Expect.notNegative(KEY + "cached-credentials", cachedCredentials);
    Expect.positive(KEY + "answer-timeout", answerTimeout);
    Expect.positive(KEY + "passivate-after", passivateAfter);
    Expect.positive(KEY + "sweep-interval", sweepInterval);
    if (refreshTtl.compareTo(keyTtl) < 0) {
      throw new InvalidSetting(
          KEY + "refresh-ttl", refreshTtl, "no less than " + KEY + "key-ttl, " + keyTtl);
    }
  }

  static AccountSettings from(Section section) {
    return new AccountSettings(
        section.duration("key-ttl"),
        section.duration("refresh-ttl"),
        section.duration("lifetime"),
        section.duration("rotation-grace"),
        section.duration("deletion-grace"),
        section.number("max-families"),
        section.number("cached-credentials"),
        section.duration("answer-timeout"),
        section.duration("passivate-after"),
        section.duration("sweep-interval"));
  }
}
