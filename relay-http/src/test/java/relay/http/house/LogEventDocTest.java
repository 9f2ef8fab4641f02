package relay.http.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the relay warns of stands in {@code docs/operations.md}, and nothing else does. */
class LogEventDocTest {
  private static final Path ROOT = Path.of("..");

  /** The second alternative is what an entity has its erasure call its failure. */
  private static final Pattern WARNING =
      Pattern.compile("(?:warn|error)\\(\\s*\"([^\":]+)\"|\"(\\w+_not_erased)\"");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[^|]+`) \\| (?:WARN|ERROR|WARN, ERROR) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void theDocumentListsEveryWarningAndNoOther() throws IOException {
    Set<String> documented =
        ROW.matcher(Files.readString(ROOT.resolve("docs/operations.md")))
            .results()
            .flatMap(row -> NAME.matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isNotEmpty().containsExactlyInAnyOrderElementsOf(written());
  }

  private static Set<String> written() throws IOException {
    Set<String> events = new TreeSet<>();
    for (String module : List.of("relay-core", "relay-persistence", "relay-http")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          WARNING
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
              .forEach(events::add);
        }
      }
    }
    return events;
  }
}
