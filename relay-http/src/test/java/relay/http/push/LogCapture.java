package relay.http.push;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /** One entry, and what the observer said at the time. */
  record Entry(String level, String event, Map<String, Object> values, Object observed) {}

  final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Supplier<?> observer;
  private final Logger logger;

  LogCapture(Class<?> source, Supplier<?> observer) {
    this(source.getName(), observer);
  }

  static LogCapture of(String logger) {
    return new LogCapture(logger, () -> "");
  }

  private LogCapture(String name, Supplier<?> observer) {
    this.observer = observer;
    logger = (Logger) LoggerFactory.getLogger(name);
    start();
    logger.addAppender(this);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, Object> values =
        event.getKeyValuePairs() == null
            ? Map.of()
            : event.getKeyValuePairs().stream()
                .collect(Collectors.toMap(it -> it.key, it -> it.value));
    entries.add(
        new Entry(
            event.getLevel().toString(), event.getFormattedMessage(), values, observer.get()));
  }
}
