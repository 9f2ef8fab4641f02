package relay.core.account.entity;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;

/** The way to every account of the cluster, wherever it lives. */
public interface Accounts {

  /**
   * Fails with a timeout where the account does not answer; whether it was told is then unknown.
   */
  <A extends AccountAnswer> CompletionStage<A> ask(
      AccountId account, Function<ActorRef<A>, AccountCommand> question);
}
