package relay.http.push;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
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

  /** Puts the bytes where PKCS#8 has them, whatever they are. */
  private static byte[] pkcs8(byte[] pkcs1) throws IOException {
    ASN1Encodable[] parts = {
      new ASN1Integer(0),
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
      new DEROctetString(pkcs1)
    };
    return new DERSequence(parts).getEncoded();
  }
}
