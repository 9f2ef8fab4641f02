package relay.http.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What is counted and timed while measuring, and every fault at any time. */
final class Tally {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;

  private final Histogram latency = new Histogram(LONGEST, DIGITS);
  private final Map<String, Long> faults = new TreeMap<>();
  private boolean isMeasuring;
  private long delivered;
  private long joined;
  private long underWay;

  void begin() {
    isMeasuring = true;
  }

  void end() {
    isMeasuring = false;
  }

  void sent() {
    underWay++;
  }

  /** What was sent was refused with its connection, and is sent again. */
  void unsent() {
    underWay--;
  }

  void delivered() {
    underWay--;
    if (isMeasuring) {
      delivered++;
    }
  }

  void took(long nanos) {
    if (isMeasuring) {
      latency.recordValue(Math.clamp(nanos, 0, LONGEST));
    }
  }

  void fault(String what) {
    faults.merge(what, 1L, Long::sum);
  }

  void joined(long nanos) {
    if (isMeasuring) {
      joined++;
    }
    took(nanos);
  }

  long joins() {
    return joined;
  }

  long count() {
    return delivered;
  }

  /** Sent and not delivered yet. */
  long underWay() {
    return underWay;
  }

  /** Forgets the times, so that the next ones can be told apart. */
  void beginAgain() {
    latency.reset();
    delivered = 0;
  }

  Histogram latency() {
    return latency;
  }

  Map<String, Long> faults() {
    return faults;
  }
}
