package relay.http.signin;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import relay.core.account.AccountId;
import relay.core.directory.ExpiringFacts;
import relay.core.directory.ExpiringFacts.FactKey;

/**
 * Codes of 256 random bits, each good for one thing, once, and for a short while, on whatever node
 * it is shown (TermOnMac 1.3). Only their hashes are kept.
 */
public final class OneTimeCodes {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ExpiringFacts facts;
  private final Duration lifetime;
  private final SecureRandom random;
  private final InstantSource clock;

  /** What a code is good for. */
  public enum Purpose {
    /** To get an account's credentials. */
    EXCHANGE("signin-exchange"),
    /** To undo an account's deletion. */
    RESTORE("signin-restore");

    private final String family;

    Purpose(String family) {
      this.family = family;
    }
  }

  public OneTimeCodes(
      ExpiringFacts facts, Duration lifetime, SecureRandom random, InstantSource clock) {
    this.facts = facts;
    this.lifetime = lifetime;
    this.random = random;
    this.clock = clock;
  }

  /** A new code, once it is kept. */
  public CompletionStage<String> mint(Purpose purpose, AccountId account) {
    String code = LoginAttempt.token(random);
    Instant now = clock.instant();
    return facts
        .putIfAbsent(
            FactKey.of(purpose.family, code),
            account.value().getBytes(StandardCharsets.US_ASCII),
            now.plus(lifetime),
            now)
        .thenApply(_ -> code);
  }

  /** Whose code it is, for the first who asks; empty for everybody else. */
  public CompletionStage<Optional<AccountId>> take(Purpose purpose, String code) {
    if (!CODE.matcher(code).matches()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return facts
        .take(FactKey.of(purpose.family, code), clock.instant())
        .thenApply(
            found ->
                found.map(bytes -> new AccountId(new String(bytes, StandardCharsets.US_ASCII))));
  }
}
