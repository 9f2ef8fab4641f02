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
 * purpose, and waits for the report of that one: then every earlier loss has been reported too.
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
  }

  @Override
  public void afterAll(ExtensionContext context) {
    String canary = "canary " + UUID.randomUUID();
    lose(canary);
    for (int i = 0; i < MAX_COLLECTIONS && !reports.contain(canary); i++) {
      System.gc();
      // Losses are reported when the next buffer is made.
      ByteBufAllocator.DEFAULT.buffer().release();
    }
    detectorLog().detachAppender(reports);
    detectorLog().setAdditive(true);
    assertThat(reports.contain(canary)).as("the leak detector works").isTrue();
    assertThat(reports.without(canary)).as("lost buffers").isEmpty();
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

    List<String> without(String hint) {
      return messages.stream().filter(message -> !message.contains(hint)).toList();
    }
  }
}
