package relay.http.signin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The Mac's command line, which waits on its own machine for a browser (TermOnMac 1.3). */
public final class CommandLine implements AutoCloseable {
  static final String STATE = "00112233445566778899aabbccddeeff";

  private final HttpServer server;
  private final CompletableFuture<Map<String, String>> called = new CompletableFuture<>();

  public CommandLine() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/callback",
        exchange -> {
          called.complete(FormFields.parse(exchange.getRequestURI().getRawQuery()).orElseThrow());
          byte[] page =
              "<h1>Signed in. Back to the terminal.</h1>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
  }

  /** What it opens in a browser. */
  public String login(String relay) {
    return relay + "/auth/web-login?port=" + server.getAddress().getPort() + "&state=" + STATE;
  }

  /** The code that the browser brought, once it has. */
  public String code() throws Exception {
    Map<String, String> given = called.get(30, TimeUnit.SECONDS);
    if (!STATE.equals(given.get("state"))) {
      throw new AssertionError("another state: " + given.get("state"));
    }
    return given.getOrDefault("code", "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
