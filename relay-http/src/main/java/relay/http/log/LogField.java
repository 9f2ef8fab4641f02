package relay.http.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** One name and value of an entry, cut to a bound so that no value fills the log. */
record LogField(String name, String value) {
  private static final int MAX_CHARS = 1024;
  private static final int MAX_TRACE_CHARS = 8192;
  private static final String OURS = "relay.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** Time, level and event; the logger's name where it is not ours; then the event's own fields. */
  static List<LogField> of(ILoggingEvent event) {
    List<LogField> fields = new ArrayList<>();
    fields.add(new LogField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))));
    fields.add(new LogField("level", event.getLevel().toString()));
    fields.add(new LogField("msg", cut(event.getFormattedMessage(), MAX_CHARS)));
    if (!event.getLoggerName().startsWith(OURS)) {
      fields.add(new LogField("logger", event.getLoggerName()));
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(
          pair -> fields.add(new LogField(pair.key, cut(String.valueOf(pair.value), MAX_CHARS))));
    }
    if (event.getThrowableProxy() != null) {
      String trace = ThrowableProxyUtil.asString(event.getThrowableProxy());
      fields.add(new LogField("trace", cut(trace, MAX_TRACE_CHARS)));
    }
    return fields;
  }

  private static String cut(String value, int max) {
    return value.length() <= max ? value : value.substring(0, max) + "…";
  }
}
