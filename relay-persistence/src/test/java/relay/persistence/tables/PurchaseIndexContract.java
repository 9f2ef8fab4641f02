package relay.persistence.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.directory.PurchaseIndex;
import relay.core.settings.StorageSettings;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** Whose a purchase is that names no account, on every engine. */
abstract class PurchaseIndexContract {
  private static final AccountId ADA = new AccountId("a".repeat(32));
  private static final AccountId BEN = new AccountId("b".repeat(32));
  private static final String BOUGHT = "2000000000000001";

  private QueryPool queries;
  private PurchaseIndex index;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    Storage storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
    queries = QueryPool.openForWrites(storage);
    index = new JdbcPurchaseIndex(queries);
  }

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void itIsTheFirstsWhoClaimsIt() {
    assertThat(join(index.owner(BOUGHT))).isEmpty();

    assertThat(join(index.claim(BOUGHT, ADA))).isEqualTo(ADA);
    assertThat(join(index.claim(BOUGHT, BEN))).isEqualTo(ADA);
    assertThat(join(index.claim(BOUGHT + "x", BEN))).isEqualTo(BEN);
    assertThat(join(index.owner(BOUGHT))).contains(ADA);
  }

  @Test
  void aForgottenAccountLeavesItToWhoeverComesNext() {
    join(index.claim(BOUGHT, ADA));
    join(new JdbcCredentialIndex(queries).forget(ADA));

    assertThat(join(index.owner(BOUGHT))).isEmpty();
    assertThat(join(index.claim(BOUGHT, BEN))).isEqualTo(BEN);
  }

  @Test
  void ofManyThatClaimAtOnceOneIsEverybodys() {
    for (int round = 0; round < 20; round++) {
      String bought = BOUGHT + round;
      Set<AccountId> owners = new HashSet<>();
      IntStream.range(0, 16)
          .mapToObj(each -> new AccountId("%032x".formatted(each)))
          .map(account -> index.claim(bought, account).toCompletableFuture())
          .toList()
          .forEach(claim -> owners.add(claim.join()));

      assertThat(owners).hasSize(1);
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.join();
  }
}
