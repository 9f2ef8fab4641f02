package relay.http.ops;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * Takes a node out of service (pyrycode 8.4).
 *
 * <pre>
 *   SERVING ──begin──► DRAINING ──all sockets ended──────► COMPLETE
 *   ready             not ready,  ──deadline has passed──► INCOMPLETE
 *                     no new connections,
 *                     sockets told to come back
 * </pre>
 *
 * <p>A drain that has begun never ends in service again; beginning again only hurries it.
 */
public final class Drain {
  private static final EventLog LOG = EventLog.of(Drain.class);

  /** How far a node's way out of service has come. */
  public enum State {
    SERVING,
    DRAINING,
    COMPLETE,
    INCOMPLETE
  }

  private final StopsAccepting listener;
  private final ClosesSockets sockets;
  private final Duration deadline;
  private volatile State state = State.SERVING;
  private final CompletableFuture<State> end = new CompletableFuture<>();

  public Drain(StopsAccepting listener, ClosesSockets sockets, Duration deadline) {
    this.listener = listener;
    this.sockets = sockets;
    this.deadline = deadline;
  }

  public State state() {
    return state;
  }

  public boolean isDraining() {
    return state != State.SERVING;
  }

  /**
   * Stops accepting and tells the sockets to come back, spread over that time; completes when all
   * have ended, or the deadline has passed after it. Never fails.
   */
  public CompletionStage<State> begin(Duration over) {
    boolean isFirst = move(State.SERVING, State.DRAINING);
    if (isFirst) {
      LOG.info("shutdown signal received; draining").with(LogKey.DURATION, over).write();
    }
    if (isFirst || (state == State.DRAINING && over.isZero())) {
      listener
          .stopAccepting()
          .thenCombine(sockets.closeAll(over), (_, _) -> State.COMPLETE)
          .whenComplete(this::end);
    }
    CompletableFuture.delayedExecutor(over.plus(deadline).toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> end(State.INCOMPLETE, null));
    return end.copy();
  }

  private void end(State reached, @Nullable Throwable failure) {
    State last = failure == null ? reached : State.INCOMPLETE;
    if (!move(State.DRAINING, last)) {
      return;
    }
    if (last == State.COMPLETE) {
      LOG.info("shutdown complete").write();
    } else {
      LOG.warn("shutdown deadline exceeded; force-closed listeners").write();
      LOG.warn("drain incomplete").write();
    }
    end.complete(last);
  }

  private synchronized boolean move(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }
}
