package relay.core.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.x25519.KeyPair;

/** Both ends say byte for byte what other implementations of the protocol say. */
class HandshakeVectorsTest {
  private JsonNode vector;
  private HandshakeState initiator;
  private HandshakeState responder;

  @BeforeEach
  void bothEnds() throws IOException, GeneralSecurityException {
    try (InputStream file = getClass().getResourceAsStream("ik-vectors.json")) {
      vector = new ObjectMapper().readTree(file);
    }
    initiator =
        HandshakeState.initiator(
            KeyPair.of(bytes("init_static")),
            KeyPair.of(bytes("init_ephemeral")),
            bytes("init_remote_static"),
            bytes("prologue"));
    responder =
        HandshakeState.responder(
            KeyPair.of(bytes("resp_static")),
            KeyPair.of(bytes("resp_ephemeral")),
            bytes("prologue"));
  }

  @Test
  void aHandshakeAndTheMessagesBehindItMatchTheVector() throws GeneralSecurityException {
    assertThat(initiator.write(payload(0))).isEqualTo(ciphertext(0));
    assertThat(responder.read(ciphertext(0))).isEqualTo(payload(0));
    assertThat(initiator.hash()).isEqualTo(bytes("hash_behind_first_message"));
    assertThat(responder.hash()).isEqualTo(bytes("hash_behind_first_message"));
    assertThat(responder.write(payload(1))).isEqualTo(ciphertext(1));
    assertThat(initiator.read(ciphertext(1))).isEqualTo(payload(1));
    assertThat(initiator.hash()).isEqualTo(responder.hash());

    Transport initiating = initiator.split();
    Transport responding = responder.split();
    for (int i = 2; i < vector.get("messages").size(); i++) {
      Transport from = i % 2 == 0 ? initiating : responding;
      Transport to = i % 2 == 0 ? responding : initiating;
      assertThat(from.sending().seal(payload(i))).isEqualTo(ciphertext(i));
      assertThat(to.receiving().open(ciphertext(i))).isEqualTo(payload(i));
    }
  }

  @Test
  void theResponderLearnsWhoInitiated() throws GeneralSecurityException {
    responder.read(ciphertext(0));
    assertThat(responder.remoteStatic()).isEqualTo(KeyPair.of(bytes("init_static")).publicKey());
    assertThat(initiator.remoteStatic()).isEqualTo(bytes("init_remote_static"));
  }

  private byte[] payload(int message) {
    return hex(vector.get("messages").get(message).get("payload"));
  }

  private byte[] ciphertext(int message) {
    return hex(vector.get("messages").get(message).get("ciphertext"));
  }

  private byte[] bytes(String name) {
    return hex(vector.get(name));
  }

  private static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.textValue());
  }
}
