package relay.http.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel keeps of a port's connections until their peers take it, as Linux tells. */
final class KernelQueues {
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
        .map(line -> line.strip().split("\\s+"))
        .filter(it -> it[LOCAL_ADDRESS].endsWith(address) && it[STATE].equals(ESTABLISHED))
        .mapToLong(it -> Long.parseLong(it[QUEUES].split(":")[0], 16))
        .max()
        .orElse(0);
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
