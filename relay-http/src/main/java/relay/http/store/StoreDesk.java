package relay.http.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountId;
import relay.core.directory.PurchaseIndex;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.settings.StoreSettings;
import relay.core.subscription.StoreNotification;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.entity.StoreReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.Subscriptions;
import relay.http.store.StoreMeters.Notice;
import relay.http.store.StoreMeters.Outcome;

/**
 * Verifies what is said of purchases, finds out whose they are, and tells the subscription. A
 * purchase that names an account is that account's and no other's; one that names none belongs to
 * the first account that shows it.
 */
public final class StoreDesk implements AutoCloseable {
  private static final EventLog LOG = EventLog.of(StoreDesk.class);

  private final AppStoreSignatures signatures;
  private final Subscriptions subscriptions;
  private final PurchaseIndex index;
  private final StoreMeters meters;
  private final StoreThreads threads = new StoreThreads();

  private StoreDesk(
      AppStoreSignatures signatures,
      Subscriptions subscriptions,
      PurchaseIndex index,
      StoreMeters meters) {
    this.signatures = signatures;
    this.subscriptions = subscriptions;
    this.index = index;
    this.meters = meters;
  }

  /**
   * Empty where no app is configured.
   *
   * @throws IllegalArgumentException if a root certificate cannot be read
   */
  public static Optional<StoreDesk> of(
      StoreSettings settings,
      Subscriptions subscriptions,
      PurchaseIndex index,
      StoreMeters meters) {
    return settings.isOn()
        ? Optional.of(new StoreDesk(AppStoreSignatures.of(settings), subscriptions, index, meters))
        : Optional.empty();
  }

  /** The store notifies (TermOnMac 5.3). */
  CompletionStage<StoreAnswer> hear(String signed) {
    return threads
        .verify(() -> signatures.notification(signed))
        .thenCompose(
            verification ->
                switch (verification) {
                  case Verification.Genuine<SignedNotice>(var said) ->
                      counted(Notice.of(said.type()), hear(said));
                  case Verification.Refused<SignedNotice>(var why) ->
                      counted(
                          Notice.UNVERIFIED,
                          completed(noted("UNSIGNED", new StoreAnswer.Refused(why))));
                  case Verification.Undecided<SignedNotice> _ ->
                      counted(Notice.UNVERIFIED, completed(new StoreAnswer.Unavailable()));
                });
  }

  /** An account shows what it has bought (TermOnMac 5.4). */
  CompletionStage<StoreAnswer> show(AccountId caller, String signed) {
    CompletionStage<StoreAnswer> answering =
        threads
            .verify(() -> signatures.transaction(signed))
            .thenCompose(
                verification ->
                    switch (verification) {
                      case Verification.Genuine<Bought>(var bought) -> show(caller, bought);
                      case Verification.Refused<Bought>(var why) ->
                          completed(new StoreAnswer.Refused(why));
                      case Verification.Undecided<Bought> _ ->
                          completed(new StoreAnswer.Unavailable());
                    });
    return counted(Notice.SHOWN_BY_BUYER, answering);
  }

  @Override
  public void close() {
    threads.close();
  }

  private CompletionStage<StoreAnswer> hear(SignedNotice said) {
    Bought bought = said.bought();
    if (bought == null) {
      return completed(new StoreAnswer.Handled(StoreOutcome.ACKNOWLEDGED, null));
    }
    StoreNotification notification =
        new StoreNotification(
            said.uuid(),
            said.type(),
            said.subtype(),
            said.signedAt(),
            bought.transaction(),
            said.graceUntil());
    return owner(bought)
        .thenCompose(
            owner ->
                owner.isEmpty()
                    ? completed(new StoreAnswer.UnknownAccount())
                    : tell(
                        owner.get(),
                        replyTo -> new SubscriptionCommand.StoreNotified(notification, replyTo)))
        .thenApply(answer -> noted(said.type(), answer));
  }

  private CompletionStage<StoreAnswer> show(AccountId caller, Bought bought) {
    CompletionStage<AccountId> owner =
        bought.account() == null
            ? index.claim(bought.transaction().originalId(), caller)
            : CompletableFuture.completedFuture(bought.account());
    return owner
        .thenCompose(
            it ->
                it.equals(caller)
                    ? tell(
                        caller,
                        replyTo ->
                            new SubscriptionCommand.VerifiedPurchase(bought.transaction(), replyTo))
                    : completed(new StoreAnswer.OfAnotherAccount()))
        .thenApply(answer -> noted("SHOWN_BY_BUYER", answer));
  }

  private CompletionStage<Optional<AccountId>> owner(Bought bought) {
    return bought.account() == null
        ? index.owner(bought.transaction().originalId())
        : CompletableFuture.completedFuture(Optional.of(bought.account()));
  }

  private CompletionStage<StoreAnswer> tell(
      AccountId account, Function<ActorRef<StoreReply>, SubscriptionCommand> command) {
    return subscriptions
        .ask(account, command)
        .thenApply(it -> new StoreAnswer.Handled(it.outcome(), it.subscription()));
  }

  private CompletionStage<StoreAnswer> counted(
      Notice notice, CompletionStage<StoreAnswer> answering) {
    return answering.whenComplete(
        (answer, failure) ->
            meters.told(notice, failure == null ? answer.result() : Outcome.UNAVAILABLE));
  }

  /** Whose purchase it is is nobody's business but the account's. */
  private static StoreAnswer noted(String what, StoreAnswer answer) {
    String outcome = answer instanceof StoreAnswer.Refused(var why) ? why : answer.result().name();
    LOG.info("store_told").with(LogKey.NOTIFICATION, what).with(LogKey.OUTCOME, outcome).write();
    return answer;
  }

  private static CompletionStage<StoreAnswer> completed(StoreAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
