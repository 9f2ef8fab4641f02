package relay.http.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** Closes what a node has opened beside its actors, last opened first, once its rooms are gone. */
final class Endings {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  static Endings of(ActorSystem<?> system) {
    Endings endings = new Endings();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close what is open",
            endings::closeAll);
    return endings;
  }

  <T extends AutoCloseable> T with(T resource) {
    synchronized (opened) {
      opened.push(resource);
    }
    return resource;
  }

  private CompletionStage<Done> closeAll() {
    return CompletableFuture.supplyAsync(
        () -> {
          synchronized (opened) {
            while (!opened.isEmpty()) {
              close(opened.pop());
            }
          }
          return Done.getInstance();
        });
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException(resource + " did not close", e);
    }
  }
}
