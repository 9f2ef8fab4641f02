package relay.http.termonmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Secrets that are looked for in places where none of them may be, however they are written. */
final class Canaries {
  /** Enough of a secret to be no coincidence, and more than any log may shorten it to. */
  static final int TELLING = 12;

  private final Map<String, String> secrets = new LinkedHashMap<>();

  /** Looks for that from now on; a name per secret, for the report. */
  void add(String name, String secret) {
    if (secret.length() < TELLING) {
      throw new IllegalArgumentException(name + " is too short to be looked for");
    }
    secrets.put(secret, name);
  }

  /** The names of those that are in there. */
  List<String> foundIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    secrets.forEach(
        (secret, name) -> {
          for (String form : forms(secret)) {
            if (lower.contains(form)) {
              found.add(name);
              return;
            }
          }
        });
    return found;
  }

  /**
   * As it is, as hex, as base64 at the start of something; and what hex or base64 says, as bytes.
   */
  private static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    List<String> forms = new ArrayList<>();
    forms.add(secret);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    if (secret.matches("([0-9a-f]{2})+")) {
      forms.add(new String(HexFormat.of().parseHex(secret), ISO_8859_1));
    } else if (secret.matches("[A-Za-z0-9+/]{40,}=*") && secret.length() % 4 == 0) {
      forms.add(new String(Base64.getDecoder().decode(secret), ISO_8859_1));
    }
    return forms.stream()
        .map(form -> form.substring(0, Math.min(form.length(), 4 * TELLING)))
        .map(form -> form.toLowerCase(Locale.ROOT))
        .toList();
  }
}
