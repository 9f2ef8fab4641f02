package relay.http.signin;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is by a provider's word.
 *
 * @param provider the provider's name in the configuration
 * @param subject what the provider calls the person, for ever; 1 to 255 characters
 * @param email an address that the provider has verified, or none
 */
public record Person(
    String provider,
    String subject,
    @Nullable String email,
    @Nullable String name,
    @Nullable String avatarUrl) {
  private static final int MAX_SUBJECT = 255;

  public Person {
    if (subject.isBlank() || subject.length() > MAX_SUBJECT) {
      throw new IllegalArgumentException(
          "a subject of " + subject.length() + " characters: expected 1 to " + MAX_SUBJECT);
    }
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "Person[" + provider + "]";
  }
}
