package relay.http.ops;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a node goes: drained first, whether a signal or an operator ends it, then out of the cluster.
 */
public final class Departure {
  private static final CoordinatedShutdown.Reason ASKED = new AskedByOperator();

  private final CoordinatedShutdown shutdown;
  private final Drain drain;

  private static final class AskedByOperator implements CoordinatedShutdown.Reason {}

  private Departure(CoordinatedShutdown shutdown, Drain drain) {
    this.shutdown = shutdown;
    this.drain = drain;
  }

  /** From now on a signal drains the node before anything is unbound. */
  public static Departure of(ActorSystem<?> system, Drain drain) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "drain",
        () -> drain.begin(Duration.ZERO).thenApply(_ -> Done.getInstance()));
    return new Departure(shutdown, drain);
  }

  /** Drains over that time, then leaves the cluster and ends the actor system. */
  public CompletionStage<Done> leave(Duration over) {
    return drain.begin(over).thenCompose(_ -> shutdown.runAll(ASKED));
  }
}
