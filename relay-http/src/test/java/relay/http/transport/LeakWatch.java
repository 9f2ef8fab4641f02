package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class that lost a reference-counted buffer. At its end it loses one itself, on
 * purpose, and waits for the report of that one: then every earlier loss has been reported too. It
 * does so at its beginning as well, since what earlier classes lost is not this one's.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
  private static final int MAX_COLLECTIONS = 200;

  private final Reports reports = new Reports();

  @Override
  public void beforeAll(ExtensionContext context) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    Logger logger = detectorLog();
    // The loss on purpose is not to be seen in the build's output.
    logger.setAdditive(false);
    reports.setContext(logger.getLoggerContext());
    reports.start();
    logger.addAppender(reports);
    var _ = lost();
    reports.forget();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    try {
      assertThat(lost()).as("lost buffers").isEmpty();
    } finally {
      detectorLog().detachAppender(reports);
      detectorLog().setAdditive(true);
    }
  }

  /** The reports of all that has been lost by now. */
  private List<String> lost() {
    String canary = "canary " + UUID.randomUUID();
    lose(canary);
    for (int i = 0; i < MAX_COLLECTIONS && !reports.contain(canary); i++) {
      System.gc();
      // Losses are reported when the next buffer is made.
      ByteBufAllocator.DEFAULT.buffer().release();
    }
    assertThat(reports.contain(canary)).as("the leak detector works").isTrue();
    return reports.without(canary);
  }

  @SuppressWarnings("CheckReturnValue") // losing it is the point
  private static void lose(String canary) {
    ByteBuf lost = ByteBufAllocator.DEFAULT.buffer();
    lost.touch(canary);
  }

  private static Logger detectorLog() {
    return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  }

  private static final class Reports extends AppenderBase<ILoggingEvent> {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      messages.add(event.getFormattedMessage());
    }

    boolean contain(String hint) {
      return messages.stream().anyMatch(message -> message.contains(hint));
    }

    void forget() {
      messages.clear();
    }

    List<String> without(String hint) {
      return messages.stream().filter(message -> !message.contains(hint)).toList();
    }
  }
}
