package relay.http.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import relay.core.settings.PushSettings;
import relay.http.outgoing.HttpCalls;

/** Sends high-priority messages without content through FCM's HTTP v1 API (pyrycode 7.3). */
final class FcmSender implements PushSender {
  private static final int MAX_REPLY_BYTES = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpCalls calls;
  private final AccessTokens accessTokens;
  private final URI messages;

  FcmSender(HttpCalls calls, AccessTokens accessTokens, URI messages) {
    this.calls = calls;
    this.accessTokens = accessTokens;
    this.messages = messages;
  }

  static FcmSender of(FcmCredentials credentials, PushSettings settings) {
    HttpCalls calls = new HttpCalls(settings.timeout());
    return new FcmSender(calls, new AccessTokens(credentials, calls), messages(settings));
  }

  static URI messages(PushSettings settings) {
    return settings.endpoint().resolve("/v1/projects/" + settings.project() + "/messages:send");
  }

  @Override
  public PushResult send(String token) throws InterruptedException {
    String accessToken;
    try {
      accessToken = accessTokens.current();
    } catch (AccessTokens.Unavailable e) {
      return new PushResult.Failed(PushOutcome.TOKEN_FETCH_FAILED, e.getMessage());
    }
    try {
      HttpResponse<byte[]> reply = calls.call(request(token, accessToken), MAX_REPLY_BYTES);
      return FcmReply.of(reply.statusCode(), reply.body());
    } catch (HttpTimeoutException _) {
      return new PushResult.Failed(PushOutcome.SEND_FAILED, "fcm send failed: no reply in time");
    } catch (IOException _) {
      return new PushResult.Failed(PushOutcome.SEND_FAILED, "fcm send failed: no reply");
    }
  }

  @Override
  public void close() {
    calls.close();
  }

  private HttpRequest request(String token, String accessToken) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode message = body.putObject("message").put("token", token);
    message.putObject("android").put("priority", "HIGH");
    return HttpRequest.newBuilder(messages)
        .header("Authorization", "Bearer " + accessToken)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }
}
