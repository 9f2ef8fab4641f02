package relay.http.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static relay.http.push.Secrets.MARKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import relay.core.settings.PushSettings;

class FcmCredentialsTest {
  private static final byte[] PKCS8 = ServiceAccount.KEYS.getPrivate().getEncoded();

  @Test
  void rejects() {
    byte[] elliptic = ServiceAccount.generate("EC", 256).getPrivate().getEncoded();
    rejected(MARKER + " {");
    rejected("");
    rejected("[]");
    rejected("{}");
    rejected(with("type", MARKER));
    rejected(with("client_email", ""));
    rejected(with("private_key", ""));
    rejected(ServiceAccount.json().without("client_email").toString());
    rejected(ServiceAccount.json().without("private_key").toString());
    rejected(with("private_key", MARKER));
    rejected(with("private_key", ServiceAccount.pem("PRIVATE KEY", MARKER.getBytes(UTF_8))));
    rejected(with("private_key", ServiceAccount.pem("PRIVATE KEY", elliptic)));
    rejected(with("token_uri", MARKER));
    rejected(with("token_uri", "file:///" + MARKER));
    rejected(with("token_uri", "https://" + MARKER + " /"));
  }

  @Test
  void defaultsTokenUrl() {
    URI google = URI.create("https://oauth2.googleapis.com/token");
    assertThat(FcmCredentials.parse(ServiceAccount.json().toString()).tokenUri()).isEqualTo(google);
    assertThat(FcmCredentials.parse(with("token_uri", "")).tokenUri()).isEqualTo(google);
  }

  @Test
  void theKeyMayBePkcs8OrPkcs1WithOrWithoutPem() throws Exception {
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(PKCS8).parsePrivateKey().toASN1Primitive().getEncoded();
    keyIsRead(ServiceAccount.pem("PRIVATE KEY", PKCS8));
    keyIsRead(ServiceAccount.pem("RSA PRIVATE KEY", pkcs1));
    keyIsRead(Base64.getEncoder().encodeToString(PKCS8));
    keyIsRead(Base64.getEncoder().encodeToString(pkcs1));
  }

  @Test
  void theKeyNeedNotNameItself() {
    ObjectNode nameless = ServiceAccount.json();
    nameless.remove("private_key_id");
    assertThat(FcmCredentials.parse(nameless.toString()).keyId()).isNull();
  }

  @Test
  void nothingOfThemIsShown() {
    String json = ServiceAccount.json().toString();
    Secrets.assertNoneIn(FcmCredentials.parse(json));
    Secrets.assertNoneIn(PushSettings.defaults(json));
  }

  private static String with(String name, String value) {
    return ServiceAccount.json().put(name, value).toString();
  }

  private static void keyIsRead(String key) {
    assertThat(FcmCredentials.parse(with("private_key", key)).key())
        .isEqualTo(ServiceAccount.KEYS.getPrivate());
  }

  private static void rejected(String json) {
    assertThatThrownBy(() -> FcmCredentials.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The FCM credentials (value withheld) cannot be used: ")
        .hasNoCause()
        .satisfies(it -> Secrets.assertNoneIn(it));
  }
}
