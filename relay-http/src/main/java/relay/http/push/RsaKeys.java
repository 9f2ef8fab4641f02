package relay.http.push;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Reads RSA private keys as PKCS#8 or, failing that, PKCS#1, with or without PEM around them. */
final class RsaKeys {
  private static final Pattern PEM_LINE = Pattern.compile("-----[A-Z0-9 ]+-----");

  private RsaKeys() {}

  static Optional<PrivateKey> parse(String text) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(PEM_LINE.matcher(text).replaceAll(""));
      Optional<PrivateKey> key = fromPkcs8(der);
      return key.isPresent() ? key : fromPkcs8(pkcs8(der));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<PrivateKey> fromPkcs8(byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static byte[] pkcs8(byte[] pkcs1) throws IOException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(pkcs1)).getEncoded();
  }
}
