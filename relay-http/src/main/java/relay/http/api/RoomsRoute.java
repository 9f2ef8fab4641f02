package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.account.AccountId;
import relay.core.limits.Limit;
import relay.core.subscription.RoomLease;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.core.subscription.entity.Subscriptions;

/** {@code /api/rooms}: an account's registered rooms (TermOnMac 1.10, 1.11). */
public final class RoomsRoute {
  private static final Pattern ROOM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final ApiGate gate;
  private final Subscriptions subscriptions;
  private final AccountRooms rooms;
  private final RandomGenerator random;

  /**
   * @param lastSeen milliseconds since 1970
   */
  private record RoomBody(
      String roomId, boolean macConnected, boolean iosConnected, long lastSeen) {}

  private record RoomList(List<RoomBody> rooms, int limit, String tier) {}

  private record Deleted(boolean deleted) {}

  /**
   * @param random numbers releases, which nobody has to guess
   */
  public RoomsRoute(
      ApiGate gate, Subscriptions subscriptions, AccountRooms rooms, RandomGenerator random) {
    this.gate = gate;
    this.subscriptions = subscriptions;
    this.rooms = rooms;
    this.random = random;
  }

  public Route route() {
    return pathPrefix(
        segment("api").slash("rooms"),
        () ->
            concat(
                pathEnd(() -> get(() -> gate.sandboxed(this::list))),
                path(segment(), id -> delete(() -> release(id)))));
  }

  private Route list() {
    return gate.authenticated(
        Limit.READS,
        caller ->
            subscriptions
                .<SubscriptionDescription>ask(caller.account(), SubscriptionCommand.Describe::new)
                .thenCompose(this::withPresence));
  }

  /** If one room does not answer none is told: a Mac deletes those it takes for abandoned. */
  private CompletionStage<HttpResponse> withPresence(SubscriptionDescription subscription) {
    List<CompletableFuture<RoomBody>> bodies =
        subscription.rooms().stream()
            .map(
                lease ->
                    rooms
                        .presence(lease.roomId())
                        .thenApply(presence -> body(lease, presence))
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(bodies.toArray(CompletableFuture[]::new))
        .thenApply(
            _ ->
                ApiAnswer.ok(
                    new RoomList(
                        bodies.stream().map(CompletableFuture::join).toList(),
                        subscription.limits().maxRooms(),
                        subscription.tier().wireName())));
  }

  private static RoomBody body(RoomLease lease, AccountRooms.Presence presence) {
    Instant seen =
        Stream.of(
                lease.seenAt(), presence.lastSeen() == null ? lease.seenAt() : presence.lastSeen())
            .max(Instant::compareTo)
            .orElseThrow();
    return new RoomBody(
        lease.roomId(), presence.macConnected(), presence.phoneConnected(), seen.toEpochMilli());
  }

  private Route release(String id) {
    return gate.authenticated(
        Limit.WRITES,
        caller ->
            ROOM_ID.matcher(id).matches()
                ? release(id, caller.account())
                : error(ApiError.ROOM_NOT_FOUND));
  }

  /** A Mac that is back before its lease is given up keeps both. */
  private CompletionStage<HttpResponse> release(String id, AccountId owner) {
    long release = random.nextLong();
    return describedAfter(
            owner, replyTo -> new SubscriptionCommand.BeginRelease(id, release, replyTo))
        .thenCompose(_ -> rooms.release(id, owner))
        .thenCompose(
            answer ->
                switch (answer) {
                  case NOT_FOUND -> error(ApiError.ROOM_NOT_FOUND);
                  case IN_USE -> error(ApiError.ROOM_IN_USE);
                  case RELEASED ->
                      describedAfter(
                              owner,
                              replyTo -> new SubscriptionCommand.ReleaseRoom(id, release, replyTo))
                          .thenApply(_ -> ApiAnswer.ok(new Deleted(true)));
                });
  }

  private CompletionStage<SubscriptionDescription> describedAfter(
      AccountId account,
      Function<ActorRef<SubscriptionDescription>, SubscriptionCommand> question) {
    return subscriptions.ask(account, question);
  }

  private static CompletionStage<HttpResponse> error(ApiError error) {
    return CompletableFuture.completedFuture(ApiAnswer.error(error));
  }
}
