package relay.core.account;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a provider or an operator says about a person. What does not fit is cut or left out, since a
 * sign-in must not fail for it.
 *
 * @param email in lower case, and only if its provider has verified it; at most 254 characters
 * @param name at most 256 characters
 * @param avatarUrl an https address of at most 2,048 characters
 */
public record PersonalDetails(
    @Nullable String email, @Nullable String name, @Nullable String avatarUrl) {
  /** Nothing is known. */
  public static final PersonalDetails NONE = new PersonalDetails(null, null, null);

  private static final int MAX_EMAIL = 254;
  private static final int MAX_NAME = 256;
  private static final int MAX_URL = 2_048;

  public PersonalDetails {
    email = email == null ? null : email(email);
    name = name == null ? null : name(name);
    avatarUrl =
        avatarUrl != null && avatarUrl.length() <= MAX_URL && avatarUrl.startsWith("https://")
            ? avatarUrl
            : null;
  }

  /** Whether an e-mail can be kept: with one @ inside, no blanks, and short enough. */
  public static boolean isEmail(String text) {
    int at = text.indexOf('@');
    return at > 0
        && at < text.length() - 1
        && at == text.lastIndexOf('@')
        && text.length() <= MAX_EMAIL
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.chars().noneMatch(it -> Character.isWhitespace(it) || Character.isISOControl(it));
  }

  @Override
  public String toString() {
    return "PersonalDetails[hidden]";
  }

  private static @Nullable String email(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return isEmail(lower) ? lower : null;
  }

  private static @Nullable String name(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (plain.isEmpty()) {
      return null;
    }
    if (plain.length() <= MAX_NAME) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME;
    return plain.substring(0, end).stripTrailing();
  }
}
