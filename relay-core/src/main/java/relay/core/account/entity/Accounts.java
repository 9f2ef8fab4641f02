package relay.core.account.entity;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;

/**
 * The way to every account of the cluster, wherever it lives. Delivery is at most once: while an
 * account moves to another node, what is on its way to it can be dropped.
 */
public interface Accounts {

  /**
   * Asks what may be asked twice, several times within an account's answer timeout. Fails with a
   * timeout where no answer comes; whether the account was told is then unknown.
   *
   * @param question makes the command from the reference that takes the answer
   */
  <A extends AccountAnswer> CompletionStage<A> ask(
      AccountId account, Function<ActorRef<A>, AccountCommand> question);

  /** Asks once what would be answered otherwise, or do something else, a second time. */
  <A extends AccountAnswer> CompletionStage<A> askOnce(
      AccountId account, Function<ActorRef<A>, AccountCommand> question);
}
