package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.core.account.AccountAnswer;
import relay.core.account.entity.AccountCommand;
import relay.core.settings.StorageSettings;
import relay.persistence.JournalNode;
import relay.persistence.Storage;

/** Kills a process whose clients refresh, with the signal nobody can answer. */
class KilledRefreshIT {

  @Test
  void credentialsAndTheAnswerToARepeatedRefreshAreThereAfterKill(@TempDir Path directory)
      throws Exception {
    List<Long> acknowledged = KilledNodeIT.acknowledgedUntilKilled(directory, RefreshingNode.class);

    Storage storage = Storage.of(new StorageSettings(null, null, null, directory));
    try (JournalNode node = JournalNode.start(storage)) {
      for (long number : acknowledged) {
        RefreshingClient client = new RefreshingClient(number);
        ActorRef<AccountCommand> account = node.account(client.account(), InstantSource.system());
        assertThat(client.authenticate(node, account, client.secondKey()))
            .as("client %d", number)
            .isInstanceOf(AccountAnswer.Authenticated.class);
        assertThat(client.refresh(node, account, -1))
            .isInstanceOfSatisfying(
                AccountAnswer.Replayed.class,
                it -> assertThat(it.result().open(client.firstToken())).isEqualTo(client.result()));
      }
    }
  }
}
