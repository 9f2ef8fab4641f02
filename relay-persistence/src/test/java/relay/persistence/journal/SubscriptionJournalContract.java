package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.settings.StorageSettings;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;
import relay.core.subscription.entity.RoomReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What real subscriptions write, and what is left after their node's end, on every engine. */
abstract class SubscriptionJournalContract {
  /** It stands, or a window of credits might end between two answers that are to be alike. */
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-23T00:00:00Z"));

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MORE_THAN_THREE_SNAPSHOTS = 320;

  private Storage storage;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
  }

  @Test
  void whatAnAccountMayUseAndHasUsedOutlivesItsNode() throws SQLException {
    SubscriptionDescription before;
    try (JournalNode node = JournalNode.start(storage)) {
      var subscription = node.subscription(SpendingSocket.ACCOUNT, CLOCK);
      grantPro(node, subscription);
      node.<RoomReply>askSubscription(
          subscription, replyTo -> new SubscriptionCommand.AcquireRoom("room", replyTo));
      SpendingSocket.reports(node, subscription, 1);
      before = describe(node, subscription);
    }

    assertThat(column("event_journal", "event_ser_manifest"))
        .containsExactly(
            "subscription.tier-granted/1",
            "subscription.room-leased/1",
            "subscription.credits-spent/1");
    try (JournalNode next = JournalNode.start(storage)) {
      assertThat(describe(next, next.subscription(SpendingSocket.ACCOUNT, CLOCK)))
          .isEqualTo(before);
    }
  }

  @Test
  void itIsRecoveredFromItsSnapshotOnceItsFirstEventsAreDeleted() throws SQLException {
    SubscriptionDescription before;
    try (JournalNode node = JournalNode.start(storage)) {
      var subscription = node.subscription(SpendingSocket.ACCOUNT, CLOCK);
      grantPro(node, subscription);
      for (int sequence = 1; sequence <= MORE_THAN_THREE_SNAPSHOTS; sequence++) {
        SpendingSocket.reports(node, subscription, sequence);
      }
      before = describe(node, subscription);
      node.probe().awaitAssert(PATIENCE, this::assertFirstEventIsDeleted);
    }
    assertThat(column("snapshot", "snapshot_ser_manifest")).containsOnly("subscription.snapshot/1");

    try (JournalNode next = JournalNode.start(storage)) {
      assertThat(describe(next, next.subscription(SpendingSocket.ACCOUNT, CLOCK)))
          .isEqualTo(before);
    }
  }

  @Test
  void storedFormsAreChosenOverWhatNodesSayToEachOther() throws Exception {
    try (JournalNode node = JournalNode.start(storage)) {
      var serialization = SerializationExtension.get(node.system());

      assertThat(serialization.serializerFor(SubscriptionEvent.CreditsSpent.class))
          .isInstanceOf(RelayEventSerializer.class);
      assertThat(serialization.serializerFor(Subscription.class))
          .isInstanceOf(RelayEventSerializer.class);
    }
  }

  private static void grantPro(JournalNode node, ActorRef<SubscriptionCommand> subscription) {
    node.<SubscriptionDescription>askSubscription(
        subscription, replyTo -> new SubscriptionCommand.GrantTier(Tier.PRO, null, replyTo));
  }

  private static SubscriptionDescription describe(
      JournalNode node, ActorRef<SubscriptionCommand> subscription) {
    return node.askSubscription(subscription, SubscriptionCommand.Describe::new);
  }

  private @Nullable Void assertFirstEventIsDeleted() throws SQLException {
    assertThat(column("event_journal", "event_ser_manifest"))
        .isNotEmpty()
        .doesNotContain("subscription.tier-granted/1");
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
