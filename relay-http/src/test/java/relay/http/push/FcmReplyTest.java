package relay.http.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static relay.http.push.PushOutcome.SEND_FAILED;
import static relay.http.push.PushOutcome.UNREGISTERED;
import static relay.http.push.Secrets.DEVICE_TOKEN;
import static relay.http.push.Secrets.MARKER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FcmReplyTest {
  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  private static final String MESSAGE_ID =
      "projects/pyrycode-mobile/messages/0:1500415314455276%31bd1c9631bd1c96";

  @ParameterizedTest
  @MethodSource("failures")
  void nonSuccessReplyNamesFcmReason(
      int status, String body, String description, PushOutcome outcome) {
    PushResult result = reply(status, body);
    assertThat(result)
        .isEqualTo(new PushResult.Failed(outcome, "fcm send failed: status " + description));
    Secrets.assertNoneIn(result);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            404,
            error("NOT_FOUND", FCM_ERROR, "UNREGISTERED"),
            "404 (NOT_FOUND, UNREGISTERED)",
            UNREGISTERED),
        arguments(
            400,
            "{\"error\":{\"status\":\"INVALID_ARGUMENT\"}}",
            "400 (INVALID_ARGUMENT)",
            SEND_FAILED),
        arguments(
            403,
            "{\"error\":{\"details\":[{\"@type\":\""
                + FCM_ERROR
                + "\",\"errorCode\":\"SENDER_ID_MISMATCH\"}]}}",
            "403 (SENDER_ID_MISMATCH)",
            SEND_FAILED),
        arguments(404, "", "404", SEND_FAILED),
        arguments(404, MARKER + " " + DEVICE_TOKEN, "404", SEND_FAILED),
        arguments(
            404, "{\"error\":{\"code\":404,\"message\":\"" + MARKER + "\"}}", "404", SEND_FAILED),
        arguments(
            404,
            error("", "type.googleapis.com/google.rpc.BadRequest", "UNREGISTERED"),
            "404",
            SEND_FAILED),
        arguments(404, error(MARKER, FCM_ERROR, DEVICE_TOKEN), "404", SEND_FAILED),
        arguments(
            404,
            error("A".repeat(65), FCM_ERROR, "UNREGISTERED"),
            "404 (UNREGISTERED)",
            UNREGISTERED),
        arguments(404, "{\"error\":{\"status\":\"NOT_FOUND\"}}", "404 (NOT_FOUND)", SEND_FAILED),
        arguments(404, error("NOT_FOUND\n", FCM_ERROR, "UNREGISTERED "), "404", SEND_FAILED),
        arguments(404, "{\"error\":[7],\"details\":{}}", "404", SEND_FAILED));
  }

  @Test
  void aReplyCutAtTheBoundNamesOnlyItsStatus() {
    String body = "{\"error\":{\"status\":\"NOT_FOUND\",\"message\":\"" + "x".repeat(5000) + "\"}}";
    byte[] cut = Arrays.copyOf(body.getBytes(StandardCharsets.UTF_8), 4096);
    assertThat(FcmReply.of(404, cut))
        .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: status 404"));
  }

  @Test
  void successReplyMessageId() {
    assertThat(reply(200, "{\"name\":\"" + MESSAGE_ID + "\"}"))
        .isEqualTo(new PushResult.Sent(MESSAGE_ID));
    assertThat(reply(299, "{\"name\":\"" + MESSAGE_ID + "\",\"note\":\"" + MARKER + "\"}"))
        .isEqualTo(new PushResult.Sent(MESSAGE_ID));
    assertThat(reply(200, "{\"name\":\"" + "a".repeat(256) + "\"}"))
        .isEqualTo(new PushResult.Sent("a".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        MARKER,
        "{\"note\":\"" + MARKER + "\"}",
        "{\"name\":7}",
        "{\"name\":\"\"}",
        "{\"name\":\"projects/x/messages/1 " + MARKER + "\"}",
        "{\"name\":\"" + MARKER + "." + DEVICE_TOKEN + "\"}",
        "{\"name\":\"1 err=forged\"}",
        "{\"name\":\"1\\nlevel=ERROR\"}",
        "{\"name\":\"1\\\"x\"}",
        "[\"name\"]",
        "null"
      })
  void aBadIdIsStillASuccess(String body) {
    assertThat(reply(200, body)).isEqualTo(new PushResult.Sent(null));
  }

  @Test
  void anIdOverTheLengthCapIsAbsent() {
    assertThat(reply(200, "{\"name\":\"" + "a".repeat(257) + "\"}"))
        .isEqualTo(new PushResult.Sent(null));
  }

  @Test
  void failureReturnsNoId() {
    assertThat(reply(404, "{\"name\":\"" + MESSAGE_ID + "\"}"))
        .isEqualTo(new PushResult.Failed(SEND_FAILED, "fcm send failed: status 404"));
  }

  private static PushResult reply(int status, String body) {
    return FcmReply.of(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String error(String status, String detailType, String errorCode) {
    return "{\"error\":{\"code\":404,\"message\":\"%s %s\",\"status\":\"%s\","
            .formatted(MARKER, DEVICE_TOKEN, status)
        + "\"details\":[{\"@type\":\"%s\",\"errorCode\":\"%s\"}]}}"
            .formatted(detailType, errorCode);
  }
}
