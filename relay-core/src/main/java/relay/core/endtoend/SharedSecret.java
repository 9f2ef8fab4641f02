package relay.core.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What Mac and phone both know and the relay knows only by its hash (TermOnMac 10.1). */
public sealed interface SharedSecret permits RoomSecret, PairingToken {
  /** The length of a secret that is made here. */
  int LENGTH = 32;

  String text();

  /** What the relay is told: SHA-256 of the text in lower-case hex. */
  default String hash() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("this platform lacks SHA-256", broken);
    }
  }

  /** Letters and digits, each as likely as any other. */
  static String generate(SecureRandom random) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
