package relay.http.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel keeps of a port's connections until their peers take it, as Linux tells. */
final class KernelQueues {
  private static final Pattern WORD = Pattern.compile("\\s+");
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int QUEUES = 4;
  private static final String ESTABLISHED = "01";

  private KernelQueues() {}

  /** The most bytes that one of the connections has been given to send and nobody has taken. */
  static long longest(int localPort) {
    String address = ":%04X".formatted(localPort);
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .flatMap(KernelQueues::lines)
        .map(line -> WORD.splitAsStream(line.strip()).toList())
        .filter(it -> it.get(LOCAL_ADDRESS).endsWith(address) && it.get(STATE).equals(ESTABLISHED))
        .mapToLong(it -> toSend(it.get(QUEUES)))
        .max()
        .orElse(0);
  }

  /** The first of two hexadecimal numbers; the other is what was received. */
  private static long toSend(String queues) {
    return Long.parseLong(queues, 0, queues.indexOf(':'), 16);
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
