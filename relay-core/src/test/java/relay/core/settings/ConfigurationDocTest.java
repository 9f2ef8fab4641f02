package relay.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md}, {@code reference.conf} and the settings to one another. */
class ConfigurationDocTest {
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(relay\\.[^`]+)` \\| (.+?) \\| (.*?) \\| (.+?) \\| (.+) \\|");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\?(\\w+)}");

  private record Key(String name, String value, List<String> variables, boolean isExplained) {}

  @Test
  void theDocumentAndTheDefaultsSayTheSame() throws IOException {
    List<Key> defaults = defaults();

    assertThat(defaults).hasSizeGreaterThan(40);
    assertThat(documented()).containsExactlyElementsOf(defaults);
  }

  @Test
  void everyKeyIsExplainedAndHasAVariable() throws IOException {
    assertThat(defaults())
        .allSatisfy(
            key -> {
              assertThat(key.isExplained()).as(key.name()).isTrue();
              assertThat(key.variables())
                  .as(key.name())
                  .anyMatch(variable -> variable.startsWith("RELAY_"));
            });
  }

  @Test
  void everyKeyIsRead() throws IOException {
    String described = RelaySettings.from(SettingsSource.load(Map.of())).describe();

    assertThat(described.lines().map(line -> line.substring(0, line.indexOf(" = "))))
        .containsExactlyInAnyOrderElementsOf(defaults().stream().map(Key::name).toList());
  }

  @Test
  void noVariableNamesTwoKeys() throws IOException {
    assertThat(defaults().stream().flatMap(key -> key.variables().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aKeyWithoutCommentWouldBeNoticed() {
    assertThat(
            keys("relay {\n  a = 1\n  a = ${?RELAY_A}\n  # why\n  b = 2\n}\npekko {\n  c = 1\n}"))
        .extracting(Key::name, Key::isExplained, Key::variables)
        .containsExactly(
            tuple("relay.a", false, List.of("RELAY_A")), tuple("relay.b", true, List.of()));
  }

  private static List<Key> documented() throws IOException {
    List<Key> keys = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String value = row.group(2).equals("(not set)") ? "" : row.group(2).replace("`", "");
        keys.add(
            new Key(row.group(1), value, List.of(row.group(3).replace("`", "").split(", ")), true));
      }
    }
    return keys;
  }

  private static List<Key> defaults() throws IOException {
    try (InputStream file = RelaySettings.class.getResourceAsStream("/reference.conf")) {
      assertThat(file).isNotNull();
      return keys(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The keys below {@code relay}; everything else of the file belongs to Pekko. */
  private static List<Key> keys(String text) {
    List<Key> keys = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    String before = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.endsWith("{")) {
        path.addLast(line.substring(0, line.length() - 1).strip());
      } else if (line.equals("}")) {
        path.removeLast();
      } else if (line.contains(" = ") && "relay".equals(path.peekFirst())) {
        read(line, String.join(".", path), before.startsWith("# "), keys);
      }
      before = line;
    }
    return keys;
  }

  private static void read(String line, String path, boolean isExplained, List<Key> keys) {
    String[] parts = line.split(" = ", 2);
    String name = path + "." + parts[0];
    Matcher variable = VARIABLE.matcher(parts[1]);
    if (variable.matches()) {
      Key last = keys.getLast();
      assertThat(last.name()).isEqualTo(name);
      List<String> variables = new ArrayList<>(last.variables());
      variables.add(variable.group(1));
      keys.set(keys.size() - 1, new Key(name, last.value(), variables, last.isExplained()));
    } else {
      keys.add(new Key(name, parts[1].replace("\"", ""), List.of(), isExplained));
    }
  }
}
