package relay.core.protocol.pyrycode;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.CLOSE;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.FRAME;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MALFORMED;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MISSING_CONN_ID;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.MISSING_FRAME;
import static relay.core.protocol.pyrycode.EnvelopeReader.Result.PUSH_WAKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relay.core.protocol.Text;

class GoldenMessagesTest {
  private static final String CONN_ID = "client-home-9f86d081";

  private static final Set<String> TO_BINARY = Set.of("to-binary-frame", "to-binary-close-notice");

  private static final Map<String, EnvelopeReader.Result> FROM_BINARY =
      Map.ofEntries(
          entry("from-binary-frame", FRAME),
          entry("from-binary-last-frame-and-close", FRAME),
          entry("from-binary-push-wake-beside-conn-id", FRAME),
          entry("from-binary-close-with-null-frame", CLOSE),
          entry("from-binary-close-without-frame", CLOSE),
          entry("from-binary-push-wake", PUSH_WAKE),
          entry("bad-truncated", MALFORMED),
          entry("bad-trailing-bytes", MALFORMED),
          entry("bad-not-an-object", MALFORMED),
          entry("bad-conn-id-number", MALFORMED),
          entry("bad-close-code-negative", MALFORMED),
          entry("bad-close-code-fraction", MALFORMED),
          entry("bad-close-code-string", MALFORMED),
          entry("bad-close-code-too-big", MALFORMED),
          entry("bad-missing-conn-id", MISSING_CONN_ID),
          entry("bad-empty-conn-id", MISSING_CONN_ID),
          entry("bad-null-conn-id", MISSING_CONN_ID),
          entry("bad-close-without-conn-id", MISSING_CONN_ID),
          entry("bad-null-push-wake", MISSING_CONN_ID),
          entry("bad-missing-frame", MISSING_FRAME),
          entry("bad-null-frame", MISSING_FRAME),
          entry("bad-missing-frame-beside-push-wake", MISSING_FRAME),
          entry("bad-push-wake-not-an-object", PUSH_WAKE),
          entry("bad-push-wake-token-number", PUSH_WAKE),
          entry("bad-push-wake-other-platform", PUSH_WAKE),
          entry("bad-push-wake-no-platform", PUSH_WAKE),
          entry("bad-push-wake-empty-token", PUSH_WAKE));

  private static final Map<String, PushWake> WAKES =
      Map.of(
          "from-binary-push-wake", new PushWake.Fcm("dGhlIHBob25lJ3M="),
          "bad-push-wake-not-an-object", PushWake.Invalid.MALFORMED,
          "bad-push-wake-token-number", PushWake.Invalid.MALFORMED,
          "bad-push-wake-other-platform", PushWake.Invalid.UNSUPPORTED_PLATFORM,
          "bad-push-wake-no-platform", PushWake.Invalid.UNSUPPORTED_PLATFORM,
          "bad-push-wake-empty-token", PushWake.Invalid.EMPTY_TOKEN);

  @ParameterizedTest
  @MethodSource("fromBinary")
  void everyMessageOfABinaryIsTakenForWhatItIs(String name, EnvelopeReader.Result result) {
    assertThat(new EnvelopeReader().read(Text.of(golden(name)))).isEqualTo(result);
  }

  @ParameterizedTest
  @MethodSource("wakes")
  void everyWakeIsTakenForWhatItIs(String name, PushWake wake) {
    EnvelopeReader reader = new EnvelopeReader();
    ByteBuffer message = Text.of(golden(name));
    reader.read(message);
    byte[] value = Text.bytes(message, reader.pushWakeStart(), reader.pushWakeEnd());
    assertThat(PushWake.parse(Text.of(value))).isEqualTo(wake);
  }

  @Test
  void aFrameGoesToTheBinaryAsTheGoldenFileSays() {
    String frame = "{\"id\":7,\"type\":\"noise_msg\",\"payload\":\"q83vASNFZ4k=\"}";
    assertThat(Envelopes.around(CONN_ID, frame)).isEqualTo(golden("to-binary-frame"));
  }

  @Test
  void aCloseNoticeGoesToTheBinaryAsTheGoldenFileSays() {
    assertThat(EnvelopeCodec.closeNotice(CONN_ID, 1001))
        .isEqualTo(golden("to-binary-close-notice"));
  }

  @Test
  void everyGoldenFileIsAskedFor() {
    Set<String> asked =
        Stream.concat(FROM_BINARY.keySet().stream(), TO_BINARY.stream())
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(directory())) {
      assertThat(files.map(it -> it.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(asked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Object[]> fromBinary() {
    return FROM_BINARY.entrySet().stream().map(it -> new Object[] {it.getKey(), it.getValue()});
  }

  static Stream<Object[]> wakes() {
    return WAKES.entrySet().stream().map(it -> new Object[] {it.getKey(), it.getValue()});
  }

  private static byte[] golden(String name) {
    try {
      return Files.readAllBytes(directory().resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Path.of(GoldenMessagesTest.class.getResource("/protocol/pyrycode").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
