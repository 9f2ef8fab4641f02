package relay.http.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from Firebase Cloud Messaging's replies what may be logged, and nothing else. */
final class FcmReply {
  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9/:%_-]{1,256}");
  private static final Pattern STATUS_NAME = Pattern.compile("[A-Z0-9_]{1,64}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private FcmReply() {}

  static PushResult of(int status, byte[] body) {
    JsonNode reply = tree(body);
    if (status / 100 == 2) {
      return new PushResult.Sent(shaped(MESSAGE_ID, reply.path("name")).orElse(null));
    }
    Optional<String> name = shaped(STATUS_NAME, reply.path("error").path("status"));
    Optional<String> code = errorCode(reply.path("error").path("details"));
    String names = Stream.concat(name.stream(), code.stream()).collect(Collectors.joining(", "));
    return new PushResult.Failed(
        code.filter("UNREGISTERED"::equals).isPresent()
            ? PushOutcome.UNREGISTERED
            : PushOutcome.SEND_FAILED,
        "fcm send failed: status " + status + (names.isEmpty() ? "" : " (" + names + ")"));
  }

  private static Optional<String> errorCode(JsonNode details) {
    return details
        .valueStream()
        .filter(it -> FCM_ERROR.equals(it.path("@type").textValue()))
        .flatMap(it -> shaped(STATUS_NAME, it.path("errorCode")).stream())
        .findFirst();
  }

  private static Optional<String> shaped(Pattern shape, JsonNode node) {
    return Optional.ofNullable(node.textValue()).filter(shape.asMatchPredicate());
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }
}
