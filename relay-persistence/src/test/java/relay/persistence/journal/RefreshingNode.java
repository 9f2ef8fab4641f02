package relay.persistence.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.entity.AccountCommand;
import relay.core.settings.StorageSettings;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** A process where one client after the other refreshes, and prints each that was answered. */
final class RefreshingNode {
  private RefreshingNode() {}

  public static void main(String[] arguments) {
    Storage storage = Storage.of(new StorageSettings(null, null, null, Path.of(arguments[0])));
    Migrations.run(storage);
    try (JournalNode node = JournalNode.start(storage)) {
      for (long number = 1; ; number++) {
        RefreshingClient client = new RefreshingClient(number);
        ActorRef<AccountCommand> account = node.account(client.account(), InstantSource.system());
        client.signIn(node, account);
        client.refresh(node, account, number);
        System.out.println(number);
      }
    }
  }
}
