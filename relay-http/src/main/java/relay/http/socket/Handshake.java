package relay.http.socket;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The rules of a WebSocket handshake request, in the order of pyrycode 1.5.
 *
 * <p>Offered subprotocols and extensions are never looked at, since none is ever taken, and every
 * origin is welcome.
 */
public final class Handshake {
  private static final String VERSION = "13";
  private static final int KEY_LENGTH = 24;
  private static final int KEY_BYTES = 16;
  private static final List<HttpHeader> HOW_TO_UPGRADE =
      List.of(RawHeader.create("Connection", "Upgrade"), RawHeader.create("Upgrade", "websocket"));
  private static final HttpHeader SPOKEN_VERSION =
      RawHeader.create("Sec-WebSocket-Version", VERSION);

  private Handshake() {}

  /** The answer to a request that is no proper handshake; empty if it is one. */
  public static Optional<HttpResponse> refusal(HttpRequest request) {
    if (request.protocol().equals(HttpProtocols.HTTP_1_0)) {
      return Optional.of(BareError.of(StatusCodes.UPGRADE_REQUIRED));
    }
    if (!hasToken(request, "connection", "upgrade") || !hasToken(request, "upgrade", "websocket")) {
      return Optional.of(BareError.of(StatusCodes.UPGRADE_REQUIRED).addHeaders(HOW_TO_UPGRADE));
    }
    if (!request.method().equals(HttpMethods.GET)) {
      return Optional.of(BareError.of(StatusCodes.METHOD_NOT_ALLOWED));
    }
    List<String> versions = values(request, "sec-websocket-version");
    if (versions.isEmpty() || !versions.getFirst().equals(VERSION)) {
      return Optional.of(BareError.of(StatusCodes.BAD_REQUEST).addHeader(SPOKEN_VERSION));
    }
    List<String> keys = values(request, "sec-websocket-key");
    if (keys.size() != 1 || !isKey(keys.getFirst().strip())) {
      return Optional.of(BareError.of(StatusCodes.BAD_REQUEST));
    }
    return Optional.empty();
  }

  private static boolean hasToken(HttpRequest request, String lowercaseName, String token) {
    for (String value : values(request, lowercaseName)) {
      for (String part : value.split(",", -1)) {
        if (part.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> values(HttpRequest request, String lowercaseName) {
    List<String> values = new ArrayList<>(1);
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(lowercaseName)) {
        values.add(header.value());
      }
    }
    return values;
  }

  private static boolean isKey(String text) {
    if (text.length() != KEY_LENGTH) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
