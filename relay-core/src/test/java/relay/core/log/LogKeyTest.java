package relay.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Parity 219: what may be logged is a closed list. */
class LogKeyTest {
  private static final List<String> PYRYCODE =
      List.of(
          "server_id",
          "conn_id",
          "binary_conn_id",
          "device_name",
          "remote",
          "binary_version",
          "err",
          "path",
          "from",
          "to",
          "close_code",
          "token_fp",
          "fcm_message_id",
          "duration");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| log key \\|");

  @Test
  void theKeysAreThoseOfThePyrycodeListAndTheDocumentedOnes() throws IOException {
    String document = Files.readString(Path.of("../docs/operations.md"));
    List<String> documented =
        DOCUMENTED.matcher(document).results().map(match -> match.group(1)).toList();

    assertThat(Arrays.stream(LogKey.values()).map(LogKey::wireName))
        .startsWith(PYRYCODE.toArray(String[]::new))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  void onlyTextNumbersDurationsEnumsAndFailuresCanBeLogged() {
    assertThat(
            Arrays.stream(EventLog.Entry.class.getMethods())
                .filter(method -> method.getName().equals("with"))
                .map(Method::getParameterTypes))
        .extracting(types -> types[1])
        .containsExactlyInAnyOrder(
            String.class, long.class, Duration.class, Enum.class, Throwable.class);
  }
}
