package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DepartureTest {
  private final ActorSystem<Void> system =
      ActorSystem.create(
          Behaviors.empty(),
          "departure",
          ConfigFactory.parseString(
                  """
                  pekko.actor.provider = local
                  pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                  """)
              .withFallback(ConfigFactory.defaultReference())
              .resolve());
  private final List<Duration> closed = new CopyOnWriteArrayList<>();
  private final Drain drain =
      new Drain(
          () -> CompletableFuture.completedFuture(null),
          over -> {
            closed.add(over);
            return CompletableFuture.completedFuture(null);
          },
          Duration.ofHours(1));

  @AfterEach
  void end() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void anOperatorsDepartureDrainsAndEndsTheSystem() {
    Departure departure = Departure.of(system, drain);

    departure.leave(Duration.ofSeconds(30)).toCompletableFuture().join();

    system.getWhenTerminated().toCompletableFuture().join();
    assertThat(closed).containsExactly(Duration.ofSeconds(30));
    assertThat(drain.state()).isEqualTo(Drain.State.COMPLETE);
  }

  @Test
  void aSignalDrainsBeforeAnythingIsUnbound() {
    Departure.of(system, drain);
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    List<Drain.State> atUnbind = new CopyOnWriteArrayList<>();
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(),
        "look",
        () -> {
          atUnbind.add(drain.state());
          return CompletableFuture.completedFuture(org.apache.pekko.Done.getInstance());
        });

    shutdown.runAll(CoordinatedShutdown.jvmExitReason()).toCompletableFuture().join();

    assertThat(closed).containsExactly(Duration.ZERO);
    assertThat(atUnbind).containsExactly(Drain.State.COMPLETE);
  }
}
