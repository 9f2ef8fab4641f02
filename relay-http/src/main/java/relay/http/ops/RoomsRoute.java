package relay.http.ops;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.sharding.EntityIds;

/** {@code /relay/rooms}: the cluster's rooms, one room, its history, and its end. */
final class RoomsRoute extends AllDirectives {
  private final RoomCatalogue rooms;

  RoomsRoute(RoomCatalogue rooms) {
    this.rooms = rooms;
  }

  Route route() {
    return pathPrefix(
        "rooms",
        () ->
            concat(
                pathEndOrSingleSlash(() -> get(() -> parameterMap(this::list))),
                pathPrefix(segment(), dialect -> pathPrefix(segment(), id -> room(dialect, id)))));
  }

  private Route room(String dialect, String id) {
    return concat(
        path("history", () -> get(() -> parameterMap(it -> history(dialect, id, it)))),
        pathEnd(() -> concat(get(() -> describe(dialect, id)), delete(() -> forget(dialect, id)))));
  }

  private Route describe(String dialect, String id) {
    return answer(() -> rooms.describe(key(dialect, id)).thenApply(RoomsRoute::ok));
  }

  private Route forget(String dialect, String id) {
    return answer(() -> rooms.forget(key(dialect, id)).thenApply(RoomsRoute::forgotten));
  }

  private Route history(String dialect, String id, Map<String, String> parameters) {
    return answer(
        () ->
            rooms.history(key(dialect, id), PageRequest.of(parameters)).thenApply(RoomsRoute::ok));
  }

  private Route list(Map<String, String> parameters) {
    return answer(
        () -> {
          PageRequest page = PageRequest.of(parameters);
          Optional<Dialect> dialect =
              Optional.ofNullable(parameters.get("dialect")).map(RoomsRoute::dialect);
          String node = parameters.get("node");
          return (node == null ? rooms.page(dialect, page) : rooms.pageOn(node, dialect, page))
              .thenApply(RoomsRoute::ok);
        });
  }

  private Route answer(Supplier<CompletionStage<HttpResponse>> call) {
    CompletionStage<HttpResponse> answer;
    try {
      answer = call.get();
    } catch (OpsFailure refused) {
      answer = CompletableFuture.failedFuture(refused);
    }
    return completeWithFuture(OpsAnswer.whenDone(answer));
  }

  private static HttpResponse ok(Object body) {
    return OpsAnswer.json(200, body);
  }

  private static HttpResponse forgotten(boolean existed) {
    return existed ? HttpResponse.create().withStatus(204) : OpsAnswer.error(OpsError.UNKNOWN_ROOM);
  }

  private static RoomKey key(String dialect, String id) {
    return EntityIds.canonical(new RoomKey(dialect(dialect), id));
  }

  private static Dialect dialect(String name) {
    return Dialect.of(name).orElseThrow(() -> new OpsFailure(OpsError.UNKNOWN_DIALECT));
  }
}
