package relay.http.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The entries that are still on their way out, which a process must not leave behind. */
public final class LogTail {
  private LogTail() {}

  /** Writes what is queued and ends logging; for the last line before the process exits. */
  public static void flush() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }
}
