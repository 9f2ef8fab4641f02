package relay.http.ops;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.ValidationRejection;
import org.apache.pekko.management.javadsl.PekkoManagement;
import relay.core.settings.OpsSettings;

/**
 * The operators' listener: every route of Pekko Management, ours among them, behind the admin gate.
 *
 * <p>Bound here and not by {@code PekkoManagement.start}, whose authentication would close {@code
 * /alive} and {@code /ready} too and knows no bearer tokens.
 */
public final class OpsListener extends AllDirectives {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private OpsListener() {}

  /** The address it is bound to; it stays bound until a drain has ended. */
  public static CompletionStage<InetSocketAddress> start(
      ActorSystem<?> system, OpsSettings settings) {
    Route routes = PekkoManagement.get(system).getRoutes(it -> it.withReadOnly(false));
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .bind(new OpsListener().gated(new AdminGate(settings.adminToken()), routes))
        .thenApply(binding -> binding.addToCoordinatedShutdown(LAST_ANSWERS, system))
        .thenApply(binding -> binding.localAddress());
  }

  private Route gated(AdminGate gate, Route routes) {
    return extractRequest(
            request ->
                gate.refusal(request)
                    .<Route>map(error -> complete(OpsAnswer.error(error)))
                    .orElse(routes))
        .seal(rejections(), exceptions());
  }

  private RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handleAll(
            MethodRejection.class, _ -> complete(OpsAnswer.error(OpsError.METHOD_NOT_ALLOWED)))
        .handle(ValidationRejection.class, _ -> complete(OpsAnswer.error(OpsError.BAD_REQUEST)))
        .handleNotFound(complete(OpsAnswer.error(OpsError.NOT_FOUND)))
        .build();
  }

  private ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .matchAny(failure -> complete(OpsAnswer.failed(failure)))
        .build();
  }
}
