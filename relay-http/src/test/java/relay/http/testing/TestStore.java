package relay.http.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.jspecify.annotations.Nullable;
import relay.core.settings.StoreSettings;

/** A store with a root certificate of its own, which signs as the App Store does. */
public final class TestStore {
  public static final String INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.1";
  private static final String SIGNER_MARK = "1.2.840.113635.100.6.11.1";

  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2040-01-01T00:00:00Z");
  public static final Instant SIGNED = Instant.parse("2026-03-23T00:00:00Z");
  public static final Instant EXPIRES = Instant.parse("2039-04-23T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] root;
  private final List<byte[]> chain;
  private final PrivateKey signer;

  /** With the marks that Apple's certificates have. */
  public static TestStore create() throws GeneralSecurityException, IOException {
    return create(INTERMEDIATE_MARK, SIGNER_MARK);
  }

  public static TestStore create(String intermediateMark, String signerMark)
      throws GeneralSecurityException, IOException {
    KeyPair root = keys();
    KeyPair intermediate = keys();
    KeyPair leaf = keys();
    byte[] rootCertificate = certificate("Root", "Root", root, root, null);
    return new TestStore(
        rootCertificate,
        List.of(
            certificate("Leaf", "Intermediate", leaf, intermediate, signerMark),
            certificate("Intermediate", "Root", intermediate, root, intermediateMark),
            rootCertificate),
        leaf.getPrivate());
  }

  private TestStore(byte[] root, List<byte[]> chain, PrivateKey signer) {
    this.root = root;
    this.chain = chain;
    this.signer = signer;
  }

  public Path rootFile(Path directory) throws IOException {
    return Files.write(directory.resolve("root.cer"), root);
  }

  /** A JWS with the chain in its header. */
  public String sign(Map<String, ?> claims) throws GeneralSecurityException, IOException {
    Map<String, Object> header =
        Map.of(
            "alg",
            "ES256",
            "x5c",
            chain.stream().map(Base64.getEncoder()::encodeToString).toList());
    String text =
        base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(signer);
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  /** Claims of a month of the sandbox, for the account of sixteen pairs of hex digits. */
  public static Map<String, Object> transaction() {
    return new HashMap<>(
        Map.of(
            "bundleId", "org.example.app",
            "environment", "Sandbox",
            "productId", "pro.month",
            "transactionId", "2",
            "originalTransactionId", "1",
            "expiresDate", EXPIRES.toEpochMilli(),
            "signedDate", SIGNED.toEpochMilli(),
            "appAccountToken", "01234567-89ab-cdef-0123-456789abcdef"));
  }

  /** Claims of a notification that shows this transaction. */
  public Map<String, Object> notification(String type, String uuid, Map<String, Object> transaction)
      throws GeneralSecurityException, IOException {
    Map<String, Object> data =
        Map.of(
            "bundleId",
            "org.example.app",
            "environment",
            "Sandbox",
            "signedTransactionInfo",
            sign(transaction),
            "signedRenewalInfo",
            sign(
                Map.of(
                    "environment", "Sandbox",
                    "signedDate", SIGNED.toEpochMilli(),
                    "gracePeriodExpiresDate", EXPIRES.toEpochMilli())));
    return new HashMap<>(
        Map.of(
            "notificationType", type,
            "subtype", "BILLING_RECOVERY",
            "notificationUUID", uuid,
            "signedDate", SIGNED.toEpochMilli(),
            "data", data));
  }

  public static StoreSettings settings(Path root, StoreSettings.Environment... environments) {
    return new StoreSettings(
        "org.example.app",
        42L,
        List.of(environments),
        List.of(root),
        false,
        List.of("pro.month"),
        List.of());
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] certificate(
      String subject, String issuer, KeyPair keys, KeyPair issuers, @Nullable String mark)
      throws GeneralSecurityException, IOException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(ECDSA_WITH_SHA256);
    generator.setIssuer(new X500Name("CN=" + issuer));
    generator.setSubject(new X500Name("CN=" + subject));
    generator.setStartDate(new Time(Date.from(FROM)));
    generator.setEndDate(new Time(Date.from(UNTIL)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(!subject.equals("Leaf")));
    if (mark != null) {
      extensions.addExtension(new ASN1ObjectIdentifier(mark), false, DERNull.INSTANCE);
    }
    generator.setExtensions(extensions.generate());
    TBSCertificate certificate = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuers.getPrivate());
    signature.update(certificate.getEncoded("DER"));
    return new DERSequence(
            new ASN1Encodable[] {
              certificate, ECDSA_WITH_SHA256, new DERBitString(signature.sign())
            })
        .getEncoded("DER");
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
