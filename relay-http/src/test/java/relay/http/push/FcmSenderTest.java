package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static relay.http.push.PushOutcome.SEND_FAILED;
import static relay.http.push.PushOutcome.TOKEN_FETCH_FAILED;
import static relay.http.push.Secrets.DEVICE_TOKEN;
import static relay.http.push.Secrets.MARKER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.settings.PushSettings;
import relay.http.outgoing.HttpCalls;
import relay.http.testing.DeafPort;

@Timeout(30)
class FcmSenderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeGoogle google = new FakeGoogle();
  private final FcmSender sender = google.sender();

  @AfterEach
  void close() {
    sender.close();
    google.close();
  }

  @Test
  void sendRequestShape() throws Exception {
    sender.send(DEVICE_TOKEN);
    assertThat(google.sends).hasSize(1);
    FakeGoogle.Request request = google.sends.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/projects/pyrycode-mobile/messages:send");
    assertThat(request.headers().get("Authorization"))
        .containsExactly("Bearer " + FakeGoogle.ACCESS_TOKEN);
    assertThat(request.headers().get("Content-Type")).containsExactly("application/json");
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                "{\"message\":{\"token\":\""
                    + DEVICE_TOKEN
                    + "\",\"android\":{\"priority\":\"HIGH\"}}}"));
  }

  @Test
  void tokenRequestShape() throws Exception {
    sender.send(DEVICE_TOKEN);
    FakeGoogle.Request request = google.tokenRequests.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.headers().getFirst("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
    String form = URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
    assertThat(form).contains("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer");
    String[] assertion = form.replaceAll(".*assertion=([^&]*).*", "$1").split("\\.", -1);
    assertThat(part(assertion[0]).path("kid").asText()).isEqualTo("kid-1");
    JsonNode claims = part(assertion[1]);
    assertThat(claims.path("iss").asText()).isEqualTo(ServiceAccount.CLIENT_EMAIL);
    assertThat(claims.path("aud").asText()).isEqualTo("https://oauth2.googleapis.com/token");
    assertThat(claims.path("scope").asText())
        .isEqualTo("https://www.googleapis.com/auth/firebase.messaging");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(ServiceAccount.KEYS.getPublic());
    signature.update((assertion[0] + "." + assertion[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(assertion[2]))).isTrue();
  }

  @Test
  void targetsProductionEndpoint() {
    PushSettings production = PushSettings.defaults(null);
    assertThat(FcmSender.messages(production))
        .isEqualTo(
            URI.create("https://fcm.googleapis.com/v1/projects/pyrycode-mobile/messages:send"));
    assertThat(production.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void reusesAccessToken() throws Exception {
    sender.send(DEVICE_TOKEN);
    sender.send(DEVICE_TOKEN);
    assertThat(google.tokenRequests).hasSize(1);
    assertThat(google.sends).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 307, 302})
  void nonSuccessReplyNamesOnlyStatus(int status) throws Exception {
    String echo = MARKER + " " + DEVICE_TOKEN + " " + FakeGoogle.ACCESS_TOKEN;
    google.sendReply = new FakeGoogle.Reply(status, echo);
    assertThat(sender.send(DEVICE_TOKEN))
        .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: status " + status));
    assertThat(google.sends).hasSize(1);
    assertThat(google.redirectsFollowed).hasValue(0);
  }

  @Test
  void replyBytesPastTheBoundAreNotWaitedFor() throws Exception {
    String name = "{\"name\":\"projects/x/messages/1\"}";
    google.sendReply = new FakeGoogle.Reply(200, name + " ".repeat(4096 - name.length()));
    assertThat(sender.send(DEVICE_TOKEN)).isEqualTo(new PushResult.Sent("projects/x/messages/1"));
    google.sendReply = new FakeGoogle.Reply(200, "{\"x\":\"" + "x".repeat(100_000) + "\"}");
    assertThat(sender.send(DEVICE_TOKEN)).isEqualTo(new PushResult.Sent(null));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 500, 503, 307})
  void tokenFetchFailureCarriesNoBody(int status) throws Exception {
    google.tokenReply =
        new FakeGoogle.Reply(
            status, "{\"error\":\"invalid_grant\",\"error_description\":\"" + MARKER + "\"}");
    assertThat(sender.send(DEVICE_TOKEN))
        .isEqualTo(
            new PushResult.Failed(
                TOKEN_FETCH_FAILED, "fcm access token fetch failed: status " + status));
    assertThat(google.tokenRequests).hasSize(1);
    assertThat(google.redirectsFollowed).hasValue(0);
    assertThat(google.sends).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", MARKER, "[]", "7", "null", "{\"access_token\":7,\"expires_in\":3600}"})
  void aTokenReplyWithoutATokenIsAFailure(String body) throws Exception {
    google.tokenReply = new FakeGoogle.Reply(200, body);
    PushResult result = sender.send(DEVICE_TOKEN);
    assertThat(result)
        .isEqualTo(new PushResult.Failed(TOKEN_FETCH_FAILED, "fcm access token fetch failed"));
  }

  @Test
  void aFailedTokenFetchIsTriedAgainAtTheNextSend() throws Exception {
    google.tokenReply = new FakeGoogle.Reply(500, "");
    sender.send(DEVICE_TOKEN);
    google.tokenReply = new FakeGoogle.Reply(200, FakeGoogle.GRANTED);
    assertThat(sender.send(DEVICE_TOKEN)).isEqualTo(new PushResult.Sent(null));
  }

  @Test
  void aReplyThatNeverEndsIsGivenUpInTime() throws Exception {
    google.sendsStall = true;
    FcmCredentials credentials = FcmCredentials.parse(google.credentials());
    try (HttpCalls patient = new HttpCalls(FakeGoogle.PATIENCE);
        FcmSender impatient =
            new FcmSender(
                new HttpCalls(Duration.ofMillis(300)),
                new AccessTokens(credentials, patient),
                FcmSender.messages(google.settings(FakeGoogle.PATIENCE)))) {
      assertThat(impatient.send(DEVICE_TOKEN))
          .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: no reply in time"));
    }
  }

  @Test
  void nobodyListeningIsAFailure() throws Exception {
    try (DeafPort deaf = new DeafPort()) {
      String nobody = "http://" + deaf.address();
      assertThat(sent(google.credentials(), nobody))
          .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: no reply"));
      assertThat(sent(ServiceAccount.json(nobody + "/token"), nobody))
          .isEqualTo(new PushResult.Failed(TOKEN_FETCH_FAILED, "fcm access token fetch failed"));
    }
  }

  private static PushResult sent(String credentials, String endpoint) throws InterruptedException {
    PushSettings settings =
        FakeGoogle.settings(credentials, URI.create(endpoint), FakeGoogle.PATIENCE);
    try (FcmSender sender = FakeGoogle.sender(settings)) {
      return sender.send(DEVICE_TOKEN);
    }
  }

  @Test
  void aServerThatHasGoneIsAFailure() throws Exception {
    sender.send(DEVICE_TOKEN);
    google.sendsHangUp = true;
    assertThat(sender.send(DEVICE_TOKEN))
        .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: no reply"));
  }

  @Test
  void cancelledBeforeTheTokenFetch() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sender.send(DEVICE_TOKEN)).isInstanceOf(InterruptedException.class);
    assertThat(google.sends).isEmpty();
  }

  @Test
  void cancelledBeforeTheSend() throws Exception {
    sender.send(DEVICE_TOKEN);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sender.send(DEVICE_TOKEN)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void sendsAtOnceShareOneTokenRequest() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<PushResult> one = threads.submit(() -> sender.send("one"));
      Future<PushResult> other = threads.submit(() -> sender.send("other"));
      assertThat(one.get()).isEqualTo(new PushResult.Sent(null));
      assertThat(other.get()).isEqualTo(new PushResult.Sent(null));
    }
    assertThat(google.tokenRequests).hasSize(1);
    assertThat(google.sends).hasSize(2);
  }

  private static JsonNode part(String base64) throws Exception {
    return JSON.readTree(Base64.getUrlDecoder().decode(base64));
  }
}
