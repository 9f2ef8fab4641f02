package relay.http.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Writes every entry as exactly one line; {@code logback.xml} sets the format's name. */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private LineFormat format = new TextFormat();

  /** {@code text} or {@code json}. */
  public void setFormat(String name) {
    switch (name) {
      case "text" -> format = new TextFormat();
      case "json" -> format = new JsonFormat();
      default -> addWarn("RELAY_LOG_FORMAT = " + name + ": expected text or json");
    }
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    format.append(line, LogField.of(event));
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
