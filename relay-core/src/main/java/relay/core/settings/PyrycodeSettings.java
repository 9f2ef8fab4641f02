package relay.core.settings;

import java.time.Duration;

/**
 * Limits and timeouts of the pyrycode dialect; defaults are those of its protocol document.
 *
 * @param maxPhones phones per server-id, 16; 0 or less means no cap (section 4.2)
 * @param grace how long a server-id waits for its binary to come back, 30 s (section 4.3)
 * @param probeTimeout how long an incumbent binary may take to answer a conflict probe, 10 s (4.4)
 * @param pingInterval between two pings on every socket, 30 s (section 5)
 * @param pongTimeout how long a pong may take, 30 s (section 5)
 * @param maxMessageBytes longest inbound message, 262,144 bytes (section 1.6)
 * @param outboxBytes most that may wait for one phone, 4 MiB (section 3.8)
 * @param binaryQueueBytes most that may wait for one binary; a quarter of it pauses its phones
 * @param messageTimeout from a message's first header to its end, 30 s (section 1.7)
 * @param writeTimeout how long a peer may take no byte while some wait for it, 10 s (section 1.7)
 * @param closeTimeout how long a peer may take to answer a close frame, 5 s (section 1.7)
 * @param attachTimeout how long a room may take to answer, probes excluded
 */
public record PyrycodeSettings(
    int maxPhones,
    Duration grace,
    Duration probeTimeout,
    Duration pingInterval,
    Duration pongTimeout,
    int maxMessageBytes,
    long outboxBytes,
    long binaryQueueBytes,
    Duration messageTimeout,
    Duration writeTimeout,
    Duration closeTimeout,
    Duration attachTimeout) {
  private static final String KEY = "relay.pyrycode.";

  public PyrycodeSettings {
    Expect.notNegative(KEY + "grace", grace);
    Expect.positive(KEY + "probe-timeout", probeTimeout);
    Expect.positive(KEY + "ping-interval", pingInterval);
    Expect.positive(KEY + "pong-timeout", pongTimeout);
    Expect.positive(KEY + "max-message-bytes", maxMessageBytes);
    Expect.positive(KEY + "outbox-bytes", outboxBytes);
    Expect.positive(KEY + "binary-queue-bytes", binaryQueueBytes);
    Expect.positive(KEY + "message-timeout", messageTimeout);
    Expect.positive(KEY + "write-timeout", writeTimeout);
    Expect.positive(KEY + "close-timeout", closeTimeout);
    Expect.positive(KEY + "attach-timeout", attachTimeout);
  }

  static PyrycodeSettings from(Section section) {
    return new PyrycodeSettings(
        section.number("max-phones"),
        section.duration("grace"),
        section.duration("probe-timeout"),
        section.duration("ping-interval"),
        section.duration("pong-timeout"),
        section.smallBytes("max-message-bytes"),
        section.bytes("outbox-bytes"),
        section.bytes("binary-queue-bytes"),
        section.duration("message-timeout"),
        section.duration("write-timeout"),
        section.duration("close-timeout"),
        section.duration("attach-timeout"));
  }
}
