package relay.http.outgoing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes HTTP calls that are bounded in time and in reply bytes, and follows no redirect. */
public final class HttpCalls implements AutoCloseable {
  private final Duration timeout;
  private final HttpClient client;

  public HttpCalls(Duration timeout) {
    this.timeout = timeout;
    client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Replies longer than the bound are cut there. */
  public HttpResponse<byte[]> call(HttpRequest request, int maxReplyBytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> reply =
        client.sendAsync(request, _ -> new FirstBytes(maxReplyBytes));
    try {
      // Not the request's own timeout: that one ends with the head of the reply.
      return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("no reply in " + timeout);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      reply.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
