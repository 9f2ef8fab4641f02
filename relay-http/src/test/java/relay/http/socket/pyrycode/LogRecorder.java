package relay.http.socket.pyrycode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Keeps what this package logs while it is open, as {@code LEVEL event {key=value, …}}. */
final class LogRecorder implements AutoCloseable {
  private final Logger logger =
      (Logger) LoggerFactory.getLogger(LogRecorder.class.getPackageName());
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  LogRecorder() {
    appender.start();
    logger.addAppender(appender);
  }

  List<String> lines() {
    return appender.list.stream().map(LogRecorder::line).toList();
  }

  private static String line(ILoggingEvent event) {
    String values =
        event.getKeyValuePairs().stream()
            .map(pair -> pair.key + "=" + pair.value)
            .collect(Collectors.joining(", ", "{", "}"));
    return event.getLevel() + " " + event.getMessage() + " " + values;
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
