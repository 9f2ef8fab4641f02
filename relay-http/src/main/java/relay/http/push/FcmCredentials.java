package relay.http.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A Google service account's key (pyrycode 7.3). Neither the whole nor a part ever reaches a text.
 *
 * @param keyId null where the key does not name itself
 */
record FcmCredentials(String clientEmail, PrivateKey key, @Nullable String keyId, URI tokenUri) {
  private static final URI DEFAULT_TOKEN_URI = URI.create("https://oauth2.googleapis.com/token");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the JSON file that Google hands out for a service account.
   *
   * @throws IllegalArgumentException if it is none; it says what is wrong and withholds the value
   */
  static FcmCredentials parse(String json) {
    JsonNode file = tree(json);
    if (!"service_account".equals(file.path("type").textValue())) {
      throw unusable("type is not service_account");
    }
    return new FcmCredentials(
        required(file, "client_email"),
        RsaKeys.parse(required(file, "private_key"))
            .orElseThrow(() -> unusable("private_key is not an RSA key")),
        file.path("private_key_id").textValue(),
        tokenUri(file.path("token_uri").asText("")));
  }

  @Override
  public String toString() {
    return "FcmCredentials[…]";
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException _) {
      throw unusable("they are not JSON");
    }
  }

  private static String required(JsonNode file, String name) {
    String value = file.path(name).asText("");
    if (value.isEmpty()) {
      throw unusable(name + " is missing");
    }
    return value;
  }

  private static URI tokenUri(String text) {
    try {
      return text.isEmpty() ? DEFAULT_TOKEN_URI : http(URI.create(text));
    } catch (IllegalArgumentException _) {
      throw unusable("token_uri is not an http or https address");
    }
  }

  private static URI http(URI uri) {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("not http");
    }
    return uri;
  }

  /** Without a cause: a parser's own words may quote the value. */
  private static IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException(
        "The FCM credentials (value withheld) cannot be used: " + why);
  }
}
