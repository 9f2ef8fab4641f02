package relay.http.signin;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import relay.http.outgoing.HttpCalls;

/** What the OAuth library has to say to providers, said through our bounded calls. */
final class ProviderCalls implements AutoCloseable {
  private static final int MAX_REPLY_BYTES = 256 << 10;

  private final HttpCalls calls;

  ProviderCalls(Duration timeout) {
    calls = new HttpCalls(timeout);
  }

  HTTPResponse send(HTTPRequest request) throws IOException {
    return request.send(this::transmit);
  }

  /** A document such as a provider's metadata or keys. */
  Resource get(URL url) throws IOException {
    try {
      HttpResponse<byte[]> reply = call(HttpRequest.newBuilder(url.toURI()).build());
      if (reply.statusCode() != HTTPResponse.SC_OK) {
        throw new IOException("status " + reply.statusCode());
      }
      return new Resource(text(reply), contentType(reply));
    } catch (URISyntaxException e) {
      throw new IOException("no address", e);
    }
  }

  @Override
  public void close() {
    calls.close();
  }

  private HTTPResponse transmit(ReadOnlyHTTPRequest request) throws IOException {
    URI uri = request.getURI();
    String body = request.getBody();
    BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).method(request.getMethod().name(), content);
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    HttpResponse<byte[]> reply = call(builder.build());
    HTTPResponse response = new HTTPResponse(reply.statusCode());
    response.setHeader("Content-Type", contentType(reply));
    response.setBody(text(reply));
    return response;
  }

  private HttpResponse<byte[]> call(HttpRequest request) throws IOException {
    try {
      return calls.call(request, MAX_REPLY_BYTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  private static String contentType(HttpResponse<byte[]> reply) {
    return reply.headers().firstValue("Content-Type").orElse("application/octet-stream");
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
