package relay.http.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the format where the compiler's own JDK is at hand, so that it needs no newer Maven JVM.
 */
class FormattingTest {
  private final Formatter formatter = new Formatter();

  @Test
  void everySourceIsFormatted() throws IOException {
    Path root = Path.of("..").toRealPath();
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("relay-core", "relay-persistence", "relay-http")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(20);
    assertThat(sources.parallelStream().filter(this::isOff).map(root::relativize).toList())
        .as("sources that google-java-format would change")
        .isEmpty();
  }

  private boolean isOff(Path source) {
    try {
      String text = Files.readString(source);
      String wanted = formatter.formatSourceAndFixImports(text);
      return !text.equals(wanted) || !text.equals(RemoveUnusedImports.removeUnusedImports(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new AssertionError(source + " does not parse", e);
    }
  }
}
