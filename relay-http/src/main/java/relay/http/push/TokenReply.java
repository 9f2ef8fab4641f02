package relay.http.push;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A token endpoint's reply without its headers, so that no redirect can be followed. */
final class TokenReply extends LowLevelHttpResponse {
  private final int status;
  private final byte[] body;

  TokenReply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public long getContentLength() {
    return body.length;
  }

  @Override
  public String getContentType() {
    return "application/json; charset=utf-8";
  }

  @Override
  public String getStatusLine() {
    return "HTTP/1.1 " + status;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public @Nullable String getReasonPhrase() {
    return null;
  }

  @Override
  public int getHeaderCount() {
    return 0;
  }

  @Override
  public String getHeaderName(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public String getHeaderValue(int index) {
    throw new IndexOutOfBoundsException(index);
  }
}
