package relay.http.access;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The body of a request of the public listener, which has read it whole and bounded it. */
public final class StrictBody {
  private StrictBody() {}

  public static String text(HttpRequest request) {
    if (request.entity() instanceof HttpEntity.Strict strict) {
      return strict.getData().decodeString(StandardCharsets.UTF_8);
    }
    throw new IllegalStateException("a body that is still to come: expected the public listener's");
  }
}
