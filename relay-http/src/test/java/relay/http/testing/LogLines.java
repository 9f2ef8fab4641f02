package relay.http.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What the relay logs while this is open, for tests to wait for. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One entry, its values in the order they were written. */
  public record Line(String level, String event, Map<String, String> values) {
    public String value(String key) {
      return values.getOrDefault(key, "");
    }

    /** Such as {@code INFO phone_registered {server_id=srv}}. */
    @Override
    public String toString() {
      return level + " " + event + " " + values;
    }
  }

  private final Logger logger = (Logger) LoggerFactory.getLogger("relay");
  private final List<Line> lines = new ArrayList<>();

  public LogLines() {
    start();
    logger.addAppender(this);
  }

  /** Every line so far. */
  public List<Line> all() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Every line so far, as text. */
  public List<String> lines() {
    return all().stream().map(Line::toString).toList();
  }

  /** The lines so far about one server-id. */
  public List<Line> about(String serverId) {
    return all().stream().filter(line -> line.value("server_id").equals(serverId)).toList();
  }

  /** The lines so far of one event about one server-id. */
  public List<Line> of(String event, String serverId) {
    return about(serverId).stream().filter(line -> line.event().equals(event)).toList();
  }

  /** Waits for the first line of that event about that server-id. */
  public Line await(String event, String serverId) {
    return await(event, serverId, 1);
  }

  /** Waits for the line that is the so manieth of its event and server-id. */
  public Line await(String event, String serverId, int which) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lines) {
      while (of(event, serverId).size() < which) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "no line %d of %s about %s; logged: %s".formatted(which, event, serverId, lines));
        }
        waitForMore(left);
      }
      return of(event, serverId).get(which - 1);
    }
  }

  private void waitForMore(long millis) {
    try {
      lines.wait(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the log", interrupted);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, String> values = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> values.put(pair.key, String.valueOf(pair.value)));
    }
    synchronized (lines) {
      lines.add(new Line(event.getLevel().toString(), event.getFormattedMessage(), values));
      lines.notifyAll();
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
