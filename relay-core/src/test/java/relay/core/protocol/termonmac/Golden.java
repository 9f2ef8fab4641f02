package relay.core.protocol.termonmac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages that tests and documents agree on, by the names of their files. */
final class Golden {
  private Golden() {}

  static String text(String name) {
    try {
      return Files.readString(directory().resolve(name + ".json"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> names() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .map(it -> it.getFileName().toString().replace(".json", ""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Path.of(Golden.class.getResource("/protocol/termonmac").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
