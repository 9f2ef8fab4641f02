package relay.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;
import relay.core.settings.ApiSettings;

/** Lets in only clients that send {@code X-Sandbox-Key}, where one is set (TermOnMac 1.1). */
public final class SandboxKey {
  private static final String HEADER = "X-Sandbox-Key";

  private final byte @Nullable [] key;

  public SandboxKey(ApiSettings settings) {
    key = settings.sandboxKey() == null ? null : bytes(settings.sandboxKey());
  }

  public boolean letsIn(HttpRequest request) {
    return key == null
        || request
            .getHeader(HEADER)
            .filter(given -> MessageDigest.isEqual(bytes(given.value()), key))
            .isPresent();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
