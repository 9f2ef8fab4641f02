package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.UsageHistory;
import relay.persistence.JournalNode;
import relay.persistence.Storage;

/** Kills a process whose socket spends credits, with the signal nobody can answer. */
class KilledChargeIT {

  @Test
  void everyChargeThatWasAcknowledgedIsThereAfterKillAndNoneTwice(@TempDir Path directory)
      throws Exception {
    List<Long> acknowledged = KilledNodeIT.acknowledgedUntilKilled(directory, SpendingNode.class);
    long last = acknowledged.getLast();

    Storage storage = Storage.of(new StorageSettings(null, null, null, directory));
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<SubscriptionCommand> subscription =
          node.subscription(SpendingSocket.ACCOUNT, InstantSource.system());
      long spent = spent(node, subscription);
      assertThat(spent)
          .as("one report may have been written and not answered")
          .isIn(last * SpendingSocket.FRAMES, (last + 1) * SpendingSocket.FRAMES);

      SpendingSocket.reports(node, subscription, last);
      assertThat(spent(node, subscription)).isEqualTo(spent);
      SpendingSocket.reports(node, subscription, last + 1);
      assertThat(spent(node, subscription)).isEqualTo((last + 1) * SpendingSocket.FRAMES);
    }
  }

  /** Of all windows: one may have ended meanwhile. */
  private static long spent(JournalNode node, ActorRef<SubscriptionCommand> subscription) {
    return node
        .<UsageHistory>askSubscription(subscription, SubscriptionCommand.ListUsage::new)
        .windows()
        .stream()
        .mapToLong(window -> window.spent().total())
        .sum();
  }
}
