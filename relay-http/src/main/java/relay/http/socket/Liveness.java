package relay.http.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Whether a peer still answers: a ping at every interval, whatever else is exchanged, and a pong
 * within the timeout (pyrycode 5).
 *
 * <p>All pings of a socket are numbered by one decimal counter. A pong answers its own ping and
 * every earlier one, since a peer may answer only the latest ping it has read (RFC 6455 5.5.3).
 */
public final class Liveness {
  /** What a peer's silence calls for. */
  public enum Need {
    NOTHING,
    /** A ping is to be sent, with {@link #payload}. */
    PING,
    /** The peer is to be given up. */
    CLOSE
  }

  private static final int MAX_DIGITS = 18;

  private final long interval;
  private final long timeout;
  private long nextBeat;
  private long pongBy;
  private long sent;
  private long answered;
  private long awaited;

  private Liveness(Duration interval, Duration timeout, long firstBeat) {
    this.interval = interval.toMillis();
    this.timeout = timeout.toMillis();
    this.nextBeat = firstBeat;
  }

  /**
   * The first ping comes at a random time within one interval, so that sockets accepted together do
   * not ping together.
   */
  public static Liveness from(
      long now, Duration interval, Duration timeout, RandomGenerator random) {
    return new Liveness(interval, timeout, now + random.nextLong(interval.toMillis()) + 1);
  }

  /** What is to be done at this time; a tick that finds the last pong still awaited is skipped. */
  public Need due(long now) {
    if (isAwaiting() && now >= pongBy) {
      return Need.CLOSE;
    }
    if (now < nextBeat) {
      return Need.NOTHING;
    }
    nextBeat += interval * (1 + (now - nextBeat) / interval);
    if (isAwaiting()) {
      return Need.NOTHING;
    }
    awaited = nextPing();
    pongBy = now + timeout;
    return Need.PING;
  }

  /** The peer may have answered without being heard: it gets the timeout once more. */
  public void excuse(long now) {
    pongBy = now + timeout;
  }

  /** When {@link #due} is to be asked again. */
  public long nextDue() {
    return isAwaiting() ? Math.min(pongBy, nextBeat) : nextBeat;
  }

  /** Numbers a ping that is sent out of turn. */
  public long nextPing() {
    return ++sent;
  }

  /** The payload of the ping numbered last. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(Long.toString(sent).getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes a pong; one that answers no ping of ours changes nothing. */
  public void pong(ByteBuffer payload) {
    long number = number(payload);
    if (number <= sent) {
      answered = Math.max(answered, number);
    }
  }

  public boolean isAnswered(long ping) {
    return ping <= answered;
  }

  private boolean isAwaiting() {
    return awaited > answered;
  }

  private static long number(ByteBuffer payload) {
    if (payload.remaining() > MAX_DIGITS) {
      return 0;
    }
    long number = 0;
    for (int at = payload.position(); at < payload.limit(); at++) {
      int digit = payload.get(at) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
