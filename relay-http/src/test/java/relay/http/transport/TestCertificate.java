package relay.http.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import relay.core.settings.HttpSettings.TlsFiles;

/**
 * A certificate for {@code localhost} made by the JDK's keytool, as PEM files and as client trust.
 */
final class TestCertificate {
  private static final String PASSWORD = "not-a-secret";
  private static final String ALIAS = "relay";

  private final TlsFiles files;
  private final KeyStore store;

  private TestCertificate(TlsFiles files, KeyStore store) {
    this.files = files;
    this.store = store;
  }

  static TestCertificate createIn(Path directory) {
    Path path = directory.resolve("store.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-genkeypair",
                      "-alias",
                      ALIAS,
                      "-keyalg",
                      "EC",
                      "-dname",
                      "CN=localhost",
                      "-validity",
                      "30",
                      "-storetype",
                      "PKCS12",
                      "-storepass",
                      PASSWORD,
                      "-keystore",
                      path.toString()))
              .inheritIO()
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      KeyStore store = KeyStore.getInstance(path.toFile(), PASSWORD.toCharArray());
      byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      byte[] certificate = store.getCertificate(ALIAS).getEncoded();
      return new TestCertificate(
          new TlsFiles(
              pem(directory.resolve("chain.pem"), "CERTIFICATE", certificate),
              pem(directory.resolve("key.pem"), "PRIVATE KEY", key)),
          store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  TlsFiles files() {
    return files;
  }

  /** What a client needs that trusts this certificate and nothing else. */
  SSLContext clientContext() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(Path path, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        path, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
