package relay.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(EventLogTest.class);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final EventLog log = EventLog.of(EventLogTest.class);

  private enum Way {
    BACK_HOME
  }

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(written);
  }

  @Test
  void anEntryIsAnEventAndItsValues() {
    log.warn("rate_limited")
        .with(LogKey.REMOTE, "\"1.2.3.4\"")
        .with(LogKey.CLOSE_CODE, 4429)
        .with(LogKey.DURATION, Duration.ofMillis(1250))
        .with(LogKey.TO, Way.BACK_HOME)
        .write();

    ILoggingEvent entry = written.list.getFirst();
    assertThat(entry.getLevel()).isEqualTo(Level.WARN);
    assertThat(entry.getFormattedMessage()).isEqualTo("rate_limited");
    assertThat(entry.getKeyValuePairs())
        .extracting(pair -> pair.key, pair -> pair.value)
        .containsExactly(
            tuple("remote", "\"1.2.3.4\""),
            tuple("close_code", "4429"),
            tuple("duration", "1.25s"),
            tuple("to", "back_home"));
  }

  @Test
  void aFailureIsNamedAndPlacedButNotQuoted() {
    log.error("call_failed")
        .with(
            LogKey.ERR,
            new IllegalStateException("the peer said hunter2", new RuntimeException("hunter3")))
        .write();

    Object value = written.list.getFirst().getKeyValuePairs().getFirst().value;
    assertThat(value)
        .asString()
        .startsWith("java.lang.IllegalStateException at relay.core.log.EventLogTest.")
        .endsWith(" caused by java.lang.RuntimeException")
        .doesNotContain("hunter");
    assertThat(written.list.getFirst().getThrowableProxy()).isNull();
  }

  @Test
  void bracesInAnEventOrValueAreNotFilledIn() {
    log.info("a {}").with(LogKey.ERR, "{}").write();

    assertThat(written.list.getFirst().getFormattedMessage()).isEqualTo("a {}");
  }
}
