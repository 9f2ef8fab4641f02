package relay.http.push;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import relay.http.outgoing.HttpCalls;

/** Lets Google's library make its calls through {@link HttpCalls}, and so within its bounds. */
final class TokenTransport extends HttpTransport {
  private static final int MAX_REPLY_BYTES = 65_536;

  private final HttpCalls calls;

  TokenTransport(HttpCalls calls) {
    this.calls = calls;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Call(method, HttpRequest.newBuilder(URI.create(url)));
  }

  private final class Call extends LowLevelHttpRequest {
    private final String method;
    private final HttpRequest.Builder request;

    Call(String method, HttpRequest.Builder request) {
      this.method = method;
      this.request = request;
    }

    /** What would ask for a compressed reply is left out. */
    @Override
    public void addHeader(String name, String value) {
      if (!name.equalsIgnoreCase("Accept-Encoding")) {
        request.header(name, value);
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (getStreamingContent() != null) {
        getStreamingContent().writeTo(body);
        request.header("Content-Type", getContentType());
      }
      request.method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
      try {
        HttpResponse<byte[]> reply = calls.call(request.build(), MAX_REPLY_BYTES);
        return new TokenReply(reply.statusCode(), reply.body());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("cancelled");
      }
    }
  }
}
