package relay.core.log;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes entries made of an event name and values under {@link LogKey}s, and nothing else. */
public final class EventLog {
  private final Logger logger;

  private EventLog(Logger logger) {
    this.logger = logger;
  }

  public static EventLog of(Class<?> source) {
    return new EventLog(LoggerFactory.getLogger(source));
  }

  public Entry info(String event) {
    return new Entry(logger.atLevel(Level.INFO), event);
  }

  public Entry warn(String event) {
    return new Entry(logger.atLevel(Level.WARN), event);
  }

  public Entry error(String event) {
    return new Entry(logger.atLevel(Level.ERROR), event);
  }

  /**
   * One entry being put together; {@link #write} ends it. A payload, token or secret has no type
   * that {@code with} takes.
   */
  public static final class Entry {
    private static final int MAX_FRAMES = 8;

    private LoggingEventBuilder builder;
    private final String event;

    private Entry(LoggingEventBuilder builder, String event) {
      this.builder = builder;
      this.event = event;
    }

    @CanIgnoreReturnValue
    public Entry with(LogKey key, String value) {
      builder = builder.addKeyValue(key.wireName(), value);
      return this;
    }

    @CanIgnoreReturnValue
    public Entry with(LogKey key, long value) {
      return with(key, Long.toString(value));
    }

    /** In seconds, as {@code 1.25s}. */
    @CanIgnoreReturnValue
    public Entry with(LogKey key, Duration value) {
      return with(key, value.toMillis() / 1000.0 + "s");
    }

    @CanIgnoreReturnValue
    public Entry with(LogKey key, Enum<?> value) {
      return with(key, value.name().toLowerCase(Locale.ROOT));
    }

    /** Its kinds and where it came from; never its message, which may quote a peer. */
    @CanIgnoreReturnValue
    public Entry with(LogKey key, Throwable value) {
      return with(key, trace(value));
    }

    public void write() {
      builder.log(event);
    }

    private static String trace(Throwable failure) {
      StringBuilder text = new StringBuilder(failure.getClass().getName());
      Arrays.stream(failure.getStackTrace())
          .limit(MAX_FRAMES)
          .forEach(frame -> text.append(" at ").append(frame));
      Throwable cause = failure.getCause();
      return cause == null ? text.toString() : text + " caused by " + cause.getClass().getName();
    }
  }
}
