package relay.http.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import relay.http.log.LineEncoder;

/** What a log file holds of everything that is logged while this is open. */
final class LogText extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Pattern PAIR =
      Pattern.compile("([A-Za-z_]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^\" =]+)( |$)");

  private final Queue<String> encoded = new ConcurrentLinkedQueue<>();
  private final LineEncoder encoder = new LineEncoder();
  private final Logger logger;
  private final Level least;
  private final Level before;

  LogText(String name, Level level) {
    logger = (Logger) LoggerFactory.getLogger(name);
    least = level;
    before = logger.getLevel();
    logger.setLevel(level);
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(least)) {
      encoded.add(new String(encoder.encode(event), UTF_8));
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(before);
  }

  /** What each entry has become, line ends included. */
  List<String> entries() {
    return List.copyOf(encoded);
  }

  /** One line, to whatever looks for line ends. */
  static boolean isOneLine(String entry) {
    return entry.split("\\R", -1).length == 2 && entry.endsWith("\n");
  }

  int count(String event) {
    return (int) encoded.stream().filter(it -> it.contains(" msg=" + event + " ")).count();
  }

  /** The names of a line's pairs in order, as a collector reads them. */
  static List<String> names(String entry) {
    String line = entry.stripTrailing();
    List<String> names = new ArrayList<>();
    Matcher pair = PAIR.matcher(line);
    int at = 0;
    while (at < line.length()) {
      if (!pair.find(at) || pair.start() != at) {
        throw new AssertionError("no name=value at " + at + " of " + line);
      }
      names.add(pair.group(1));
      at = pair.end();
    }
    return names;
  }
}
