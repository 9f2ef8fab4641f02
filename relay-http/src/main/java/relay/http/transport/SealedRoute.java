package relay.http.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** Pekko HTTP's route as {@link Listener} wants it, rejections and exceptions turned to answers. */
public final class SealedRoute {
  private SealedRoute() {}

  public static Function<HttpRequest, CompletionStage<HttpResponse>> of(
      Route route, ClassicActorSystemProvider system) {
    var function = route.seal().function(system);
    return request -> {
      try {
        return function.apply(request);
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }
}
