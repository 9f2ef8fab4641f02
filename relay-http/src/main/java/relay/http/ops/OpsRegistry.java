package relay.http.ops;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/**
 * Where Pekko Management, which makes its routes and checks by class name, finds the node's ports.
 */
public final class OpsRegistry implements Extension {
  private static final Id ID = new Id();

  private final AtomicReference<@Nullable OpsPorts> ports = new AtomicReference<>();

  private static final class Id extends AbstractExtensionId<OpsRegistry> {
    @Override
    public OpsRegistry createExtension(ExtendedActorSystem system) {
      return new OpsRegistry();
    }
  }

  private OpsRegistry() {}

  public static OpsRegistry get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Before the ops listener starts; until then a node is not ready. */
  public void install(OpsPorts node) {
    node.metrics().watchDrain(node.drain()::isDraining);
    ports.set(node);
  }

  Optional<OpsPorts> ports() {
    return Optional.ofNullable(ports.get());
  }
}
