package relay.core.account;

import java.util.regex.Pattern;

/**
 * How a sign-in provider names somebody.
 *
 * @param provider the provider's name, such as {@code github}
 * @param subject the provider's own id of the person, at most 255 ASCII characters as OpenID
 *     Connect has it; never an e-mail
 */
public record Identity(String provider, String subject) {
  private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");

  public Identity {
    if (!PROVIDER.matcher(provider).matches()) {
      throw new IllegalArgumentException(
          "'" + provider + "' is no provider: expected 1 to 32 of a-z, 0-9 and hyphen");
    }
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "a subject of %d characters: expected 1 to 255 of printable ASCII"
              .formatted(subject.length()));
    }
  }

  @Override
  public String toString() {
    return "Identity[" + provider + "]";
  }
}
