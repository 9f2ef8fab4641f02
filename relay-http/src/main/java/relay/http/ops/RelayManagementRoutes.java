package relay.http.ops;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;
import org.apache.pekko.management.javadsl.ManagementRouteProviderSettings;
import relay.http.ops.metrics.Metrics;

/**
 * Our calls, plugged into Pekko Management by the name of this class in {@code management.conf}.
 */
public final class RelayManagementRoutes extends AllDirectives implements ManagementRouteProvider {
  private static final ContentType TEXT = ContentTypes.parse(Metrics.CONTENT_TYPE);

  private final OpsRegistry registry;

  public RelayManagementRoutes(ExtendedActorSystem system) {
    registry = OpsRegistry.get(system);
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    OpsPorts node =
        registry
            .ports()
            .orElseThrow(
                () -> new IllegalStateException("no ports: expected OpsRegistry.install first"));
    return concat(
        path("metrics", () -> get(() -> complete(metrics(node.metrics())))),
        pathPrefix(
            "relay",
            () ->
                concat(
                    new RoomsRoute(node.rooms()).route(),
                    new AccountsRoute(node.accounts()).route(),
                    new DrainRoute(node).route())));
  }

  private static HttpResponse metrics(Metrics metrics) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(TEXT, metrics.scrape().getBytes(StandardCharsets.UTF_8)));
  }
}
