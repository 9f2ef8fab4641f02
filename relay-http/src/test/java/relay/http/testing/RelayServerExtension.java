package relay.http.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.core.settings.SettingsSource;
import relay.http.app.RelayNode;

/** A whole relay on free ports, with a database of its own, for the tests of one class. */
public final class RelayServerExtension implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, Object> settings = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable RelayNode node;

  public RelayServerExtension() {
    settings.put("relay.http.host", "127.0.0.1");
    settings.put("relay.http.port", 0);
    settings.put("relay.ops.port", 0);
    settings.put("relay.limits.upgrades-per-ip", "off");
  }

  /** Changes one setting before the relay starts. */
  public RelayServerExtension with(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
  }

  /** Starts the relay, for a test that ends it itself. */
  public void start() throws IOException {
    if (!settings.containsKey("relay.storage.url")) {
      Path data = Files.createTempDirectory("relay-test");
      settings.putIfAbsent("relay.storage.data-dir", data.toString());
    }
    node = RelayNode.start(config());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    node().stop().toCompletableFuture().join();
  }

  public RelayNode node() {
    return Objects.requireNonNull(node, "the relay has not been started");
  }

  /** The port of the public listener. */
  public int port() {
    return node().httpPort();
  }

  /** The body of a GET to the operators' listener. */
  public String ops(String path) {
    return get("http://127.0.0.1:" + node().opsAddress().getPort() + path);
  }

  /** The body of a GET to the public listener. */
  public String http(String path) {
    return get("http://127.0.0.1:" + port() + path);
  }

  private String get(String url) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Config config() {
    return ConfigFactory.parseMap(settings).withFallback(SettingsSource.load(Map.of())).resolve();
  }
}
