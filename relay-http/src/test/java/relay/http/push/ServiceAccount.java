package relay.http.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A Google service account made up for the tests; its key is generated anew in every run. */
final class ServiceAccount {
  static final String CLIENT_EMAIL = "relay-push@pyrycode-mobile.iam.gserviceaccount.com";
  static final KeyPair KEYS = generate("RSA", 2048);

  private ServiceAccount() {}

  static ObjectNode json() {
    return new ObjectMapper()
        .createObjectNode()
        .put("type", "service_account")
        .put("private_key_id", "kid-1")
        .put("private_key", pem("PRIVATE KEY", KEYS.getPrivate().getEncoded()))
        .put("client_email", CLIENT_EMAIL);
  }

  static String json(String tokenUri) {
    return json().put("token_uri", tokenUri).toString();
  }

  static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
