package relay.core.sharding;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;
import relay.core.account.entity.AccountObserver;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;
import relay.core.directory.DueDeletions;
import relay.core.directory.DueDeletions.Due;
import relay.core.directory.RoomOwners;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.subscription.entity.Subscriptions;

/**
 * Looks now and then for accounts whose deletion is complete, on one node of the cluster, and has
 * them erased one after the other. It keeps nothing in memory that counts: a sweep that dies is
 * followed by the next.
 */
public final class ErasureSweep {
  private static final EventLog LOG = EventLog.of(ErasureSweep.class);
  private static final String NAME = "erasure";

  /** Of accounts in one round; more of them are the next round's, which follows at once. */
  private static final int ROUND = 100;

  /** So that a node that starts is busy with its clients first. */
  private static final Duration FIRST = Duration.ofSeconds(30);

  private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
  private static final double BACKOFF_JITTER = 0.2;

  private final ActorContext<Message> context;
  private final TimerScheduler<Message> timers;
  private final Surroundings surroundings;
  private final AccountEraser eraser;
  private int erased;

  /**
   * What the sweep needs of its node.
   *
   * @param interval between two rounds
   */
  public record Surroundings(
      DueDeletions deletions, InstantSource clock, AccountObserver observer, Duration interval) {}

  /** Where there may be something of an account. */
  public record Belongings(
      Accounts accounts,
      Subscriptions subscriptions,
      RoomOwners rooms,
      CredentialIndex credentials) {}

  private sealed interface Message {}

  private record Round() implements Message {}

  private record Found(List<Due> due) implements Message {}

  private record Settled(List<Due> round, int number, boolean isErased) implements Message {}

  private record Failed(List<Due> round, int number, Throwable why) implements Message {}

  private record Stop() implements Message {}

  private ErasureSweep(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      Surroundings surroundings,
      AccountEraser eraser) {
    this.context = context;
    this.timers = timers;
    this.surroundings = surroundings;
    this.eraser = eraser;
  }

  /** To be called once on every node, with or without the role, after accounts and rooms. */
  public static void start(
      ActorSystem<?> system, Surroundings surroundings, Belongings belongings) {
    AccountEraser eraser =
        new AccountEraser(
            system,
            belongings.accounts(),
            belongings.subscriptions(),
            new AccountEraser.Places(
                surroundings.deletions(), belongings.rooms(), belongings.credentials()));
    Behavior<Message> sweep =
        Behaviors.<Message>supervise(create(surroundings, eraser))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER));
    var _ =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(sweep, NAME)
                    .withStopMessage(new Stop())
                    .withSettings(
                        ClusterSingletonSettings.create(system).withRole(RelaySharding.ROLE)));
  }

  private static Behavior<Message> create(Surroundings surroundings, AccountEraser eraser) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  ErasureSweep sweep = new ErasureSweep(context, timers, surroundings, eraser);
                  sweep.nextRound(min(FIRST, surroundings.interval()));
                  return Behaviors.receiveMessage(sweep::onMessage);
                }));
  }

  private Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Round _ -> {
        erased = 0;
        context.pipeToSelf(
            surroundings.deletions().due(surroundings.clock().instant(), ROUND),
            (due, failure) -> due == null ? new Failed(List.of(), 0, failure) : new Found(due));
      }
      case Found(var due) -> settle(due, 0);
      case Settled(var round, var number, var isErased) -> {
        if (isErased) {
          erased++;
          surroundings.observer().erased();
        }
        settle(round, number + 1);
      }
      case Failed(var round, var number, var why) -> failed(round, number, why);
      case Stop _ -> {
        return Behaviors.stopped();
      }
    }
    return Behaviors.same();
  }

  private void settle(List<Due> round, int number) {
    if (number >= round.size()) {
      ended(round.size());
      return;
    }
    context.pipeToSelf(
        eraser.settle(round.get(number)),
        (isErased, failure) ->
            failure == null
                ? new Settled(round, number, isErased)
                : new Failed(round, number, failure));
  }

  private void ended(int size) {
    if (erased > 0) {
      LOG.info("accounts_erased").with(LogKey.COUNT, erased).write();
    }
    nextRound(size == ROUND ? Duration.ZERO : surroundings.interval());
  }

  /** What fails makes way for the others and is tried again in a later round. */
  private void failed(List<Due> round, int number, Throwable why) {
    if (round.isEmpty()) {
      LOG.warn("erasure_delayed").with(LogKey.ERR, why).write();
      ended(0);
      return;
    }
    Due due = round.get(number);
    LOG.warn("erasure_delayed")
        .with(LogKey.ACCOUNT, due.account().fingerprint())
        .with(LogKey.ERR, why)
        .write();
    Instant later = surroundings.clock().instant().plus(surroundings.interval());
    context.pipeToSelf(
        surroundings.deletions().move(due, later), (_, _) -> new Settled(round, number, false));
  }

  private void nextRound(Duration after) {
    timers.startSingleTimer(Round.class, new Round(), after);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
