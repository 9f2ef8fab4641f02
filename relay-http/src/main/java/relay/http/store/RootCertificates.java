package relay.http.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The certificates that the store's signatures must lead back to, in PEM or DER. */
record RootCertificates(List<byte[]> files) {
  /** Apple Root CA - G3, as Apple publishes it, valid until 2039. */
  private static final String APPLE = "/store/apple-root-ca-g3.pem";

  /**
   * @param paths none for Apple's own
   * @throws IllegalArgumentException if a file cannot be read
   */
  static RootCertificates of(List<Path> paths) {
    return new RootCertificates(
        paths.isEmpty()
            ? List.of(packaged())
            : paths.stream().map(RootCertificates::read).toList());
  }

  /** To be read once. */
  Set<InputStream> streams() {
    Set<InputStream> streams = new LinkedHashSet<>();
    files.forEach(file -> streams.add(new ByteArrayInputStream(file)));
    return streams;
  }

  private static byte[] packaged() {
    try (InputStream file = RootCertificates.class.getResourceAsStream(APPLE)) {
      if (file == null) {
        throw new IllegalStateException(APPLE + " is not packaged");
      }
      return file.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException _) {
      throw new IllegalArgumentException(
          "relay.store.root-certificates = " + path + ": expected a file that can be read");
    }
  }
}
