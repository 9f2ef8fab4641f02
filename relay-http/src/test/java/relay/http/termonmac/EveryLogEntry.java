package relay.http.termonmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import relay.http.log.LineEncoder;

/** Whatever an operator could see who asks for the most that logback.xml gives (TRACE). */
final class EveryLogEntry extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Map<String, Level> LEVELS =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.TRACE,
          "com.zaxxer.hikari",
          Level.WARN,
          "io.netty",
          Level.WARN,
          "org.apache.pekko",
          Level.WARN,
          "org.flywaydb",
          Level.WARN,
          "slick",
          Level.WARN);

  /** The provider that a test signs in with logs all that it is told. */
  private static final String PROVIDER = "no.nav.security.mock";

  private final Queue<String> entries = new ConcurrentLinkedQueue<>();
  private final LineEncoder encoder = new LineEncoder();
  private final Map<String, Level> before = new TreeMap<>();

  EveryLogEntry() {
    LEVELS.forEach(
        (name, level) -> {
          Level now = logger(name).getLevel();
          if (now != null) {
            before.put(name, now);
          }
          logger(name).setLevel(level);
        });
    start();
    logger(Logger.ROOT_LOGGER_NAME).addAppender(this);
  }

  Queue<String> entries() {
    return entries;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(PROVIDER)) {
      return;
    }
    String stack =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    entries.add(
        new String(encoder.encode(event), UTF_8)
            + event.getFormattedMessage()
            + event.getMDCPropertyMap()
            + stack);
  }

  @Override
  public void close() {
    logger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
    LEVELS.keySet().forEach(name -> logger(name).setLevel(before.get(name)));
    stop();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
