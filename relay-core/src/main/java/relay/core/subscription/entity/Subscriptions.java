package relay.core.subscription.entity;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountId;

/** The way to every subscription of the cluster, wherever it lives. Delivery is at most once. */
public interface Subscriptions {

  void tell(AccountId account, SubscriptionCommand command);

  /**
   * Asks, again every other second, and fails with a {@link java.util.concurrent.TimeoutException}
   * where no answer comes in ten; whether the command was carried out is then not known, and it may
   * be repeated.
   *
   * @param question makes the command from the reference that takes the answer
   */
  <R> CompletionStage<R> ask(
      AccountId account, Function<ActorRef<R>, SubscriptionCommand> question);
}
