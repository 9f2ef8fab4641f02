package relay.http.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import relay.core.settings.HttpSettings.TlsFiles;

/** TLS as the public listener speaks it: 1.2 or newer, HTTP/1.1 only, the JDK's suites. */
final class Tls {
  static {
    // By default the JDK lets TLS 1.2 clients demand costly handshakes on one connection for ever.
    // It reads this once, before the first handshake of any server in this process.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private Tls() {}

  static SslContext server(TlsFiles files) {
    try (var chain = Files.newInputStream(files.certificateChain());
        var key = Files.newInputStream(files.privateKey())) {
      return SslContextBuilder.forServer(chain, key)
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(files + " cannot be read as PEM certificate chain and key", e);
    }
  }
}
