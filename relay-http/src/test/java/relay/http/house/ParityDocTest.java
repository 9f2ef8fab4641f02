package relay.http.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/parity.md} says of the Go relay's tests is complete, and none of it is gone. */
class ParityDocTest {
  private static final Path ROOT = Path.of("..");
  private static final int UPSTREAM_TESTS = 220;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9][0-9, –]*) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyUpstreamTestIsListedOnce() throws IOException {
    List<Integer> numbers =
        ROW.matcher(document())
            .results()
            .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
            .flatMapToInt(ParityDocTest::range)
            .sorted()
            .boxed()
            .toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, UPSTREAM_TESTS).boxed().toList());
  }

  @Test
  void everyTestItNamesExists() throws IOException {
    Map<String, String> sources = testSources();
    List<String> gone =
        TEST.matcher(document())
            .results()
            .filter(test -> !isIn(sources.getOrDefault(test.group(1), ""), test.group(2)))
            .map(MatchResult::group)
            .toList();
    assertThat(gone).isEmpty();
  }

  private static boolean isIn(String source, String member) {
    return Pattern.compile("(void " + member + "\\(|ArchRule " + member + " =)")
        .matcher(source)
        .find();
  }

  private static IntStream range(String numbers) {
    String[] ends = numbers.split("–", -1);
    return IntStream.rangeClosed(
        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/parity.md"));
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("relay-core", "relay-http")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}
