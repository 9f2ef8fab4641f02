package relay.persistence.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.settings.StorageSettings;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** A process whose socket spends credits for ever, and prints each report that was answered. */
final class SpendingNode {
  private SpendingNode() {}

  public static void main(String[] arguments) {
    Storage storage = Storage.of(new StorageSettings(null, null, null, Path.of(arguments[0])));
    Migrations.run(storage);
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<SubscriptionCommand> subscription =
          node.subscription(SpendingSocket.ACCOUNT, InstantSource.system());
      for (long sequence = 1; ; sequence++) {
        SpendingSocket.reports(node, subscription, sequence);
        System.out.println(sequence);
      }
    }
  }
}
