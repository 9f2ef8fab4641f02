package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountEvent;
import relay.core.account.AccountSnapshot;
import relay.core.account.entity.AccountCommand;
import relay.core.settings.StorageSettings;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What real accounts write, and what is left of them after their node's end, on every engine. */
abstract class AccountJournalContract {
  private static final Instant START = Instant.parse("2026-11-21T08:30:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MORE_THAN_THREE_SNAPSHOTS = 320;

  private final RefreshingClient client = new RefreshingClient(1);
  private Storage storage;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
  }

  @Test
  void credentialsAndARotationsAnswerOutliveTheirNode() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      var account = node.account(client.account(), () -> START);
      client.signIn(node, account);
      assertThat(client.refresh(node, account, 1)).isInstanceOf(AccountAnswer.Rotated.class);
    }

    assertThat(column("event_journal", "event_ser_manifest"))
        .containsExactly(
            "account.created/1",
            "account.provider-linked/1",
            "account.family-began/1",
            "account.credentials-rotated/1");
    try (JournalNode next = JournalNode.start(storage)) {
      var account = next.account(client.account(), () -> START.plusSeconds(299));
      assertThat(client.authenticate(next, account, client.firstKey()))
          .isInstanceOf(AccountAnswer.Authenticated.class);
      assertThat(client.authenticate(next, account, client.secondKey()))
          .isInstanceOf(AccountAnswer.Authenticated.class);
      assertThat(client.refresh(next, account, 2))
          .isInstanceOfSatisfying(
              AccountAnswer.Replayed.class,
              it -> assertThat(it.result().open(client.firstToken())).isEqualTo(client.result()));
    }
    try (JournalNode late = JournalNode.start(storage)) {
      var account = late.account(client.account(), () -> START.plusSeconds(300));
      assertThat(client.refresh(late, account, 3)).isInstanceOf(AccountAnswer.Reused.class);
      assertThat(client.authenticate(late, account, client.secondKey()))
          .isEqualTo(new AccountAnswer.Unknown(false));
    }
  }

  @Test
  void anAccountIsRecoveredFromItsSnapshotOnceItsFirstEventsAreDeleted() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      var account = node.account(client.account(), () -> START);
      for (int i = 0; i < MORE_THAN_THREE_SNAPSHOTS; i++) {
        client.signIn(node, account);
      }
      node.probe().awaitAssert(PATIENCE, this::assertFirstEventIsDeleted);
    }
    assertThat(column("snapshot", "snapshot_ser_manifest")).containsOnly("account.snapshot/1");

    try (JournalNode next = JournalNode.start(storage)) {
      var account = next.account(client.account(), () -> START);
      assertThat(client.authenticate(next, account, client.firstKey()))
          .isInstanceOf(AccountAnswer.Authenticated.class);
    }
  }

  @Test
  void ofAnErasedAccountNothingIsLeftThatNamesAnybody() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      var account = node.account(client.account(), () -> START);
      client.signIn(node, account);
      delete(node, account);
    }
    try (JournalNode later = JournalNode.start(storage)) {
      var account = later.account(client.account(), () -> START.plus(Duration.ofDays(30)));
      assertThat(client.authenticate(later, account, client.firstKey()))
          .isEqualTo(new AccountAnswer.Unknown(true));
      later.probe().awaitAssert(PATIENCE, this::assertOnlyTheEndIsLeft);
    }
    try (JournalNode next = JournalNode.start(storage)) {
      var account = next.account(client.account(), () -> START);
      assertThat(client.authenticate(next, account, client.firstKey()))
          .isEqualTo(new AccountAnswer.Unknown(true));
    }
  }

  @Test
  void storedFormsAreChosenOverWhatNodesSayToEachOther() throws Exception {
    try (JournalNode node = JournalNode.start(storage)) {
      var serialization = SerializationExtension.get(node.system());

      assertThat(serialization.serializerFor(AccountEvent.FamilyBegan.class))
          .isInstanceOf(RelayEventSerializer.class);
      assertThat(serialization.serializerFor(AccountSnapshot.class))
          .isInstanceOf(RelayEventSerializer.class);
    }
  }

  private static void delete(JournalNode node, ActorRef<AccountCommand> account) {
    assertThat(node.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Delete::new))
        .isInstanceOf(AccountAnswer.Described.class);
  }

  private @Nullable Void assertFirstEventIsDeleted() throws SQLException {
    assertThat(column("event_journal", "event_ser_manifest"))
        .isNotEmpty()
        .doesNotContain("account.created/1");
    return null;
  }

  private @Nullable Void assertOnlyTheEndIsLeft() throws SQLException {
    assertThat(column("event_journal", "event_ser_manifest")).last().isEqualTo("account.erased/1");
    assertThat(column("event_journal", "event_ser_manifest"))
        .doesNotContain("account.created/1", "account.provider-linked/1");
    return null;
  }

  private List<String> column(String table, String column) throws SQLException {
    String sql = "SELECT \"%s\" FROM \"%s\" ORDER BY \"sequence_number\"".formatted(column, table);
    try (Connection connection =
            DriverManager.getConnection(storage.url(), storage.user(), storage.password());
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
