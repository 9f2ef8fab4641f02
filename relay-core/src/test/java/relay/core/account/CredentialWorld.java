package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.AccountScene.ADA;
import static relay.core.account.AccountScene.GITHUB;
import static relay.core.account.AccountScene.GRACE;
import static relay.core.account.AccountScene.KEY_TTL;
import static relay.core.account.AccountScene.MAX_FAMILIES;
import static relay.core.account.AccountScene.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** An account, everything it ever handed out, and what must never be true of it. */
final class CredentialWorld {
  private final Random random = new Random(1);
  private final List<Handed> handed = new ArrayList<>();
  private final Map<Long, String> ended = new HashMap<>();
  private final Map<RefreshToken, String> results = new HashMap<>();
  private Account account = new Account.Vacant();
  private Instant now = START;

  /** One pair of credentials; {@code replacedAt} once its token was exchanged. */
  private static final class Handed {
    final long family;
    final ApiKey key;
    final RefreshToken token;
    Optional<Instant> replacedAt = Optional.empty();

    Handed(long family, ApiKey key, RefreshToken token) {
      this.family = family;
      this.key = key;
      this.token = token;
    }
  }

  void happen(CredentialLivesTest.Step step) {
    switch (step) {
      case CredentialLivesTest.Step.SignIn _ -> signIn();
      case CredentialLivesTest.Step.UseKey(var which) -> pick(which).ifPresent(this::useKey);
      case CredentialLivesTest.Step.Exchange(var which) -> pick(which).ifPresent(this::exchange);
      case CredentialLivesTest.Step.Revoke(var which) -> pick(which).ifPresent(this::revoke);
      case CredentialLivesTest.Step.Wait(var time) -> now = now.plus(time);
      case CredentialLivesTest.Step.Delete _ -> take(life().delete(now));
      case CredentialLivesTest.Step.Restore _ -> take(life().restore(now));
    }
  }

  /** What must hold at every moment. */
  void check() {
    for (long family : handed.stream().map(it -> it.family).distinct().toList()) {
      List<Handed> working =
          handed.stream().filter(it -> it.family == family && works(it, now)).toList();
      if (ended.containsKey(family)) {
        assertThat(working).as("family %d, %s", family, ended.get(family)).isEmpty();
      }
      assertThat(working)
          .as("keys of family %d: the newest, and old ones in their grace", family)
          .allMatch(it -> it.replacedAt.isEmpty() || now.isBefore(it.replacedAt.get().plus(GRACE)));
      assertThat(handed.stream().filter(it -> it.family == family && works(it, now.plus(GRACE))))
          .as("current keys of family %d", family)
          .hasSizeLessThanOrEqualTo(1);
    }
    if (account instanceof Account.Present present) {
      assertThat(present.families().all()).hasSizeLessThanOrEqualTo(MAX_FAMILIES);
      assertThat(AccountSnapshot.of(account).account()).isEqualTo(account);
    }
  }

  private void signIn() {
    AccountAnswer signedIn = take(life().signIn(GITHUB, ADA, now));
    if (signedIn instanceof AccountAnswer.Unknown(var isErased)) {
      assertThat(isErased).isTrue();
      return;
    }
    ApiKey key = ApiKey.mint(random);
    RefreshToken token = RefreshToken.mint(random);
    var issued =
        (AccountAnswer.Issued) take(credentials().issue(NewCredentials.of(key, token), now));
    assertThat(handed).noneMatch(it -> it.family == issued.family());
    handed.add(new Handed(issued.family(), key, token));
    assertThat(works(handed.getLast(), now)).isTrue();
  }

  private void useKey(Handed it) {
    boolean worked = works(it, now);
    assertThat(take(credentials().authenticate(it.key.hash(), now)))
        .isInstanceOf(worked ? AccountAnswer.Authenticated.class : AccountAnswer.Unknown.class);
    if (worked && it.replacedAt.isEmpty()) {
      assertThat(works(it, now.plus(KEY_TTL.dividedBy(100).multipliedBy(98))) || isEnding())
          .as("a key that was just used lasts")
          .isTrue();
    }
  }

  private void exchange(Handed it) {
    ApiKey key = ApiKey.mint(random);
    RefreshToken token = it.token.successor(random);
    String result = key.text() + token.text();
    Rotation rotation =
        new Rotation(
            it.token.hash(),
            NewCredentials.of(key, token),
            SealedResult.seal(result, it.token, random));
    switch (take(credentials().rotate(rotation, now))) {
      case AccountAnswer.Rotated(var family, _) -> {
        assertThat(family).isEqualTo(it.family);
        assertThat(it.replacedAt).as("a token is exchanged once").isEmpty();
        it.replacedAt = Optional.of(now);
        results.put(it.token, result);
        handed.add(new Handed(family, key, token));
      }
      case AccountAnswer.Replayed(var sealed) -> {
        assertThat(sealed.open(it.token)).isEqualTo(results.get(it.token));
        assertThat(it.replacedAt)
            .hasValueSatisfying(at -> assertThat(now).isBefore(at.plus(GRACE)));
      }
      case AccountAnswer.Reused(var family, _) -> {
        assertThat(family).isEqualTo(it.family);
        assertThat(it.replacedAt)
            .hasValueSatisfying(at -> assertThat(now).isAfterOrEqualTo(at.plus(GRACE)));
        assertThat(ended).containsKey(family);
      }
      case AccountAnswer.TooManyRotations _ -> assertThat(it.replacedAt).isEmpty();
      case AccountAnswer.Unknown _ ->
          assertThat(works(it, now)).as("its key is no better").isFalse();
    }
  }

  private void revoke(Handed it) {
    boolean worked = works(it, now);
    if (take(credentials().revoke(it.key.hash(), now)) instanceof AccountAnswer.Revoked revoked) {
      assertThat(revoked.family()).isEqualTo(it.family);
      assertThat(ended).containsKey(it.family);
    } else {
      assertThat(worked).isFalse();
    }
  }

  private <A extends AccountAnswer> A take(AccountVerdict<? extends A> verdict) {
    for (AccountEvent event : verdict.events()) {
      account = Account.evolve(account, event);
      if (event instanceof AccountEvent.FamilyEnded(var family, var cause, _)) {
        assertThat(ended.put(family, cause.name())).as("a family ends once").isNull();
      }
    }
    return verdict.answer();
  }

  private boolean works(Handed it, Instant at) {
    return credentials().authenticate(it.key.hash(), at).answer()
        instanceof AccountAnswer.Authenticated;
  }

  /** Whether something else than its key's age may end a family before long. */
  private boolean isEnding() {
    return !(account instanceof Account.Present present)
        || present.deletion() != null
        || present.families().all().stream()
            .anyMatch(
                it ->
                    it.begunAt()
                        .plus(AccountScene.LIFETIME)
                        .isBefore(now.plus(Duration.ofDays(31))));
  }

  private Optional<Handed> pick(int which) {
    return IntStream.of(handed.size() - 1 - which)
        .filter(it -> it >= 0)
        .mapToObj(handed::get)
        .findFirst();
  }

  private AccountArbiter life() {
    return new AccountArbiter(AccountScene.POLICY, account);
  }

  private CredentialArbiter credentials() {
    return new CredentialArbiter(AccountScene.POLICY, account);
  }
}
