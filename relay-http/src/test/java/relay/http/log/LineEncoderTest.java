package relay.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class LineEncoderTest {
  private static final String HEAD =
      "time=2026-11-21T08:00:00.123Z level=INFO msg=phone_registered";

  @Test
  void anEntryIsOneLineOfPairs() {
    assertThat(text("device_name", "Pixel-9")).isEqualTo(HEAD + " device_name=Pixel-9\n");
  }

  @Test
  void anEmptyValueIsQuoted() {
    assertThat(text("device_name", "")).isEqualTo(HEAD + " device_name=\"\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a b,              \"a b\"",
    "a=b,              \"a=b\"",
    "a\"b,             \"a\\\"b\"",
    "a\\b,             \"a\\\\b\"",
    "größe,            größe",
    "📱,               📱",
  })
  void aValueIsQuotedWhenItCouldBeTakenForMore(String value, String written) {
    assertThat(text("device_name", value)).isEqualTo(HEAD + " device_name=" + written + "\n");
  }

  @Test
  void aLineEndInAValueDoesNotEndTheLine() {
    assertThat(text("device_name", "x\nlevel=ERROR msg=forged\r\t\u0000\u001b[2J\u2028\u202e"))
        .isEqualTo(
            HEAD
                + " device_name=\"x\\n"
                + "level=ERROR msg=forged\\r"
                + "\\t\\u0000\\u001b[2J\\u2028\\u202e\"\n");
  }

  @Test
  void aLoneSurrogateIsEscaped() {
    assertThat(text("device_name", "\ud83d")).isEqualTo(HEAD + " device_name=\"\\ud83d\"\n");
  }

  @Test
  void aLongValueIsCut() {
    assertThat(text("server_id", "x".repeat(300_000)))
        .isEqualTo(HEAD + " server_id=" + "x".repeat(1024) + "…\n");
  }

  @Test
  void aForeignLoggerIsNamedAndItsTraceStaysOnTheLine() {
    LoggingEvent event = event(Map.of());
    event.setLoggerName("org.example.Thing");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("two\nlines")));

    String line = encode("text", event);

    assertThat(line).contains(" logger=org.example.Thing trace=\"java.lang.IllegalState");
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
  }

  @Test
  void jsonIsOneObjectALine() throws JsonProcessingException {
    String line = encode("json", event(Map.of("device_name", "a\n\"b\"\\ \u202e")));

    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.path("msg").textValue()).isEqualTo("phone_registered");
    assertThat(read.path("level").textValue()).isEqualTo("INFO");
    assertThat(read.path("device_name").textValue()).isEqualTo("a\n\"b\"\\ \u202e");
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
  }

  @Property
  void noValueCanForgeALineOrAPair(
      @ForAll @StringLength(max = 40) @CharRange(from = '\u0000', to = '\uffff') String value) {
    String line = text("device_name", value);

    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line.strip().chars().noneMatch(it -> it < ' ' || it == 0x2028 || it == 0x85))
        .isTrue();
    String written = line.substring((HEAD + " device_name=").length(), line.length() - 1);
    assertThat(written).matches("[^\\s=\"\\\\]+|\"([^\"\\\\]|\\\\.)*\"");
  }

  private static String text(String key, String value) {
    return encode("text", event(Map.of(key, value)));
  }

  private static String encode(String format, LoggingEvent event) {
    LineEncoder encoder = new LineEncoder();
    encoder.setFormat(format);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private static LoggingEvent event(Map<String, String> pairs) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("relay.http.socket");
    event.setLevel(Level.INFO);
    event.setInstant(Instant.parse("2026-11-21T08:00:00.123Z"));
    event.setMessage("phone_registered");
    pairs.forEach((key, value) -> event.addKeyValuePair(new KeyValuePair(key, value)));
    return event;
  }
}
