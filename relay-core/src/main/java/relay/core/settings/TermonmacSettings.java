package relay.core.settings;

import java.time.Duration;

/**
 * Limits and timeouts of the TermOnMac dialect; defaults are those of its protocol document.
 *
 * @param registrationTimeout how long a socket may take to register or join, 15 s (section 4.3)
 * @param silenceTimeout how long a peer may send no message at all, 45 s (section 4.9)
 * @param maxBytesToMac longest message a Mac is sent, 1 MiB (section 9.4)
 * @param maxBytesToPhone longest message a phone is sent, and so the longest a Mac may send, 8 MiB
 * @param macQueueBytes most that may wait for one Mac; a quarter of it pauses its phone
 * @param phoneQueueBytes most that may wait for one phone; a quarter of it pauses its Mac
 * @param messageTimeout from a message's first header to its end; 8 MiB at 70 KiB a second
 * @param writeTimeout how long a peer may take no byte while some wait for it
 * @param closeTimeout how long a peer may take to answer a close frame
 * @param attachTimeout how long a room may take to answer; a Mac waits 10 s (section 3.3)
 * @param maxBadMessages how many messages in a row may be unreadable or out of place, 10
 */
public record TermonmacSettings(
    Duration registrationTimeout,
    Duration silenceTimeout,
    int maxBytesToMac,
    int maxBytesToPhone,
    long macQueueBytes,
    long phoneQueueBytes,
    Duration messageTimeout,
    Duration writeTimeout,
    Duration closeTimeout,
    Duration attachTimeout,
    int maxBadMessages) {
  private static final String KEY = "relay.termonmac.";

  public TermonmacSettings {
    Expect.positive(KEY + "registration-timeout", registrationTimeout);
    Expect.positive(KEY + "silence-timeout", silenceTimeout);
    Expect.positive(KEY + "max-bytes-to-mac", maxBytesToMac);
    Expect.positive(KEY + "max-bytes-to-phone", maxBytesToPhone);
    checkQueue("mac-queue-bytes", macQueueBytes, maxBytesToMac);
    checkQueue("phone-queue-bytes", phoneQueueBytes, maxBytesToPhone);
    Expect.positive(KEY + "message-timeout", messageTimeout);
    Expect.positive(KEY + "write-timeout", writeTimeout);
    Expect.positive(KEY + "close-timeout", closeTimeout);
    Expect.positive(KEY + "attach-timeout", attachTimeout);
    Expect.positive(KEY + "max-bad-messages", maxBadMessages);
  }

  /** A sender that is told to wait may have two messages more under way. */
  private static void checkQueue(String key, long queueBytes, int messageBytes) {
    if (queueBytes < 3L * messageBytes) {
      throw new InvalidSetting(KEY + key, queueBytes, "three of the longest messages at least");
    }
  }

  static TermonmacSettings from(Section section) {
    return new TermonmacSettings(
        section.duration("registration-timeout"),
        section.duration("silence-timeout"),
        section.smallBytes("max-bytes-to-mac"),
        section.smallBytes("max-bytes-to-phone"),
        section.bytes("mac-queue-bytes"),
        section.bytes("phone-queue-bytes"),
        section.duration("message-timeout"),
        section.duration("write-timeout"),
        section.duration("close-timeout"),
        section.duration("attach-timeout"),
        section.number("max-bad-messages"));
  }
}
