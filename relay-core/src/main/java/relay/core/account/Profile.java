package relay.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who an account belongs to (TermOnMac 1.7).
 *
 * @param providers in the order they were linked; none where an operator made the account
 * @param lastLogin when somebody last signed in, or when it was created
 */
public record Profile(
    PersonalDetails details, List<LinkedProvider> providers, Instant createdAt, Instant lastLogin) {

  public Profile {
    providers = List.copyOf(providers);
  }

  /** The provider of the first sign-in. */
  public Optional<String> primaryProvider() {
    return providers.stream().findFirst().map(it -> it.identity().provider());
  }

  boolean isLinkedTo(Identity identity) {
    return providers.stream().anyMatch(it -> it.identity().equals(identity));
  }

  Profile withProvider(Identity identity, Instant at) {
    return new Profile(
        details,
        Stream.concat(providers.stream(), Stream.of(new LinkedProvider(identity, at))).toList(),
        createdAt,
        lastLogin);
  }

  Profile withLogin(Instant at) {
    return new Profile(details, providers, createdAt, at);
  }
}
