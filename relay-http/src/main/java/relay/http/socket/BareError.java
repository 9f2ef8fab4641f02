package relay.http.socket;

import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The answer to a request that becomes no socket: a status and an empty line (pyrycode 1.4). */
public final class BareError {
  private static final ContentType TEXT =
      MediaTypes.TEXT_PLAIN.toContentType(HttpCharsets.custom("utf-8"));
  private static final HttpEntity.Strict EMPTY_LINE = HttpEntities.create(TEXT, new byte[] {'\n'});
  private static final HttpHeader NOSNIFF = RawHeader.create("X-Content-Type-Options", "nosniff");

  private BareError() {}

  public static HttpResponse of(StatusCode status) {
    return HttpResponse.create()
        .withStatus(status)
        .withHeaders(List.of(NOSNIFF))
        .withEntity(EMPTY_LINE);
  }
}
