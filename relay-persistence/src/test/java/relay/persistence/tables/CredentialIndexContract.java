package relay.persistence.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;
import relay.core.directory.CredentialIndex;
import relay.core.settings.StorageSettings;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** Whom to ask about a credential, and who owns what two claim at once, on every engine. */
abstract class CredentialIndexContract {
  private static final AccountId ADA = new AccountId("a".repeat(32));
  private static final AccountId BEN = new AccountId("b".repeat(32));
  private static final Identity GITHUB = new Identity("github", "583231");
  private static final Identity GOOGLE = new Identity("google", "583231");
  private static final String MAIL = "ada@example.org";

  private final Random random = new Random(1);
  private final CredentialHash first = ApiKey.mint(random).hash();
  private final CredentialHash second = ApiKey.mint(random).hash();
  private QueryPool queries;
  private CredentialIndex index;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    Storage storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    queries = QueryPool.openForWrites(storage);
    index = new JdbcCredentialIndex(queries);
  }

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void aCredentialIsItsOwnersUntilItIsRemoved() {
    join(index.add(ADA, List.of(first, second)));

    assertThat(join(index.owner(first))).contains(ADA);
    assertThat(join(index.owner(ApiKey.mint(random).hash()))).isEmpty();

    join(index.remove(List.of(first)));
    assertThat(join(index.owner(first))).isEmpty();
    assertThat(join(index.owner(second))).contains(ADA);
  }

  @Test
  void credentialsAreAddedTogetherOrNotAtAll() {
    join(index.add(ADA, List.of(second)));

    assertThatThrownBy(() -> join(index.add(BEN, List.of(first, second))))
        .isInstanceOf(CompletionException.class);

    assertThat(join(index.owner(first))).isEmpty();
    assertThat(join(index.owner(second))).contains(ADA);
  }

  @Test
  void whoClaimsFirstOwnsBoth() {
    assertThat(join(index.claim(GITHUB, MAIL, ADA))).isEqualTo(ADA);

    assertThat(join(index.claim(GITHUB, null, BEN))).isEqualTo(ADA);
    assertThat(join(index.claim(null, MAIL, BEN))).isEqualTo(ADA);
    assertThat(join(index.holder(MAIL))).contains(ADA);
    assertThat(join(index.holder("nobody@example.org"))).isEmpty();
  }

  @Test
  void anotherIdentityWithTheSameMailIsTheSameOwners() {
    join(index.claim(GITHUB, MAIL, ADA));

    assertThat(join(index.claim(GOOGLE, MAIL, BEN))).isEqualTo(ADA);
    assertThat(join(index.claim(GOOGLE, null, BEN))).isEqualTo(ADA);
  }

  @Test
  void anIdentityStaysItsOwnersWhateverItsMailIsNow() {
    join(index.claim(GITHUB, MAIL, ADA));

    assertThat(join(index.claim(GITHUB, "ben@example.org", BEN))).isEqualTo(ADA);
    assertThat(join(index.claim(null, "ben@example.org", BEN)))
        .as("a claim that found its identity has taken nothing")
        .isEqualTo(BEN);
  }

  @Test
  void withoutAMailIdentitiesAreApart() {
    assertThat(join(index.claim(GITHUB, null, ADA))).isEqualTo(ADA);
    assertThat(join(index.claim(GOOGLE, null, BEN))).isEqualTo(BEN);
    assertThatIllegalArgumentException().isThrownBy(() -> index.claim(null, null, ADA));
  }

  @Test
  void namesAreComparedByteForByte() {
    join(index.claim(new Identity("github", "Abc"), null, ADA));

    assertThat(join(index.claim(new Identity("github", "abc"), null, BEN))).isEqualTo(BEN);
    assertThat(join(index.claim(null, "stra\u00dfe@example.org", ADA))).isEqualTo(ADA);
    assertThat(join(index.claim(null, "strasse@example.org", BEN))).isEqualTo(BEN);
  }

  @Test
  void aForgottenAccountLeavesEverythingToWhoeverComesNext() {
    join(index.add(ADA, List.of(first)));
    join(index.add(BEN, List.of(second)));
    join(index.claim(GITHUB, MAIL, ADA));

    join(index.forget(ADA));
    join(index.forget(ADA));

    assertThat(join(index.owner(first))).isEmpty();
    assertThat(join(index.owner(second))).contains(BEN);
    assertThat(join(index.claim(GITHUB, MAIL, BEN))).isEqualTo(BEN);
  }

  @Test
  void ofManyThatClaimAtOnceOneIsEverybodys() {
    for (int round = 0; round < 20; round++) {
      String mail = "round" + round + "@example.org";
      List<CompletableFuture<AccountId>> claims = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Identity identity = new Identity(i % 2 == 0 ? "github" : "google", "round" + round);
        AccountId candidate = new AccountId("%032x".formatted(round * 100 + i));
        claims.add(index.claim(identity, mail, candidate).toCompletableFuture());
      }
      assertThat(claims.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
  }

  @Test
  void claimsThatCrossEachOtherAllSucceed() {
    for (int round = 0; round < 20; round++) {
      int of = round;
      List<CompletableFuture<AccountId>> claims =
          IntStream.range(0, 24)
              .mapToObj(
                  i ->
                      index
                          .claim(
                              new Identity("github", "crossing" + of + "-" + i % 3),
                              "crossing" + of + "-" + i % 4 + "@example.org",
                              new AccountId("%032x".formatted(of * 100 + i)))
                          .toCompletableFuture())
              .toList();
      List<AccountId> owners = claims.stream().map(CompletableFuture::join).toList();
      for (int i = 0; i < owners.size(); i++) {
        assertThat(
                join(index.claim(new Identity("github", "crossing" + of + "-" + i % 3), null, ADA)))
            .as("whoever was told an owner is told the same later")
            .isEqualTo(owners.get(i));
      }
    }
  }

  @Test
  void theCacheRemembersOwnersAndNothingElse() {
    CredentialIndex cached = new CachedCredentialIndex(index, 10);
    assertThat(join(cached.owner(first))).isEmpty();
    join(cached.add(ADA, List.of(first)));
    assertThat(join(cached.owner(first))).contains(ADA);

    join(index.remove(List.of(first)));
    assertThat(join(cached.owner(first))).as("remembered").contains(ADA);
    join(cached.remove(List.of(first)));
    assertThat(join(cached.owner(first))).isEmpty();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
