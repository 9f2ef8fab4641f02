package relay.http.ops;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import relay.core.health.ReadinessProbe;

/**
 * Our part of {@code /ready}: not draining, and everything a node needs answers. Pekko's own check
 * of the cluster membership stands beside it.
 */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
  private final OpsRegistry registry;

  /** Called by Pekko Management, which knows this class by name. */
  public Readiness(ActorSystem system) {
    registry = OpsRegistry.get(system);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return registry
        .ports()
        .filter(node -> !node.drain().isDraining())
        .map(Readiness::probe)
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  private static CompletionStage<Boolean> probe(OpsPorts node) {
    CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
    for (ReadinessProbe probe : node.probes()) {
      CompletionStage<Boolean> one = node.metrics().timeProbe(probe.name(), probe::check);
      all = all.thenCombine(one.exceptionally(_ -> false), Boolean::logicalAnd);
    }
    return all;
  }
}
