package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.limits.RateLimits;
import relay.core.settings.ApiSettings;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;
import relay.http.access.ClientAddress;
import relay.http.access.IssuedCredentials;
import relay.http.access.SandboxKey;
import relay.http.signin.OneTimeCodes;
import relay.http.signin.RememberedFacts;
import relay.http.socket.Upgrade;
import relay.http.testing.AccountsInMemory;
import relay.http.testing.SubscriptionsInMemory;
import relay.http.throttle.RequestLimits;
import relay.http.transport.SealedRoute;

/** The API's routes in front of accounts, subscriptions and rooms that a test makes up. */
final class ApiStage implements AutoCloseable {
  final AccountsInMemory accounts = new AccountsInMemory();
  final Map<String, AccountRooms.Presence> present = new HashMap<>();
  final Map<String, AccountRooms.Release> releases = new HashMap<>();
  final AccountId ann =
      accounts.add(new PersonalDetails("ann@example.org", "Ann", "https://a.example/ann.png"));
  final IssuedCredentials anns = accounts.credentials(ann);
  final OneTimeCodes codes =
      new OneTimeCodes(
          new RememberedFacts(),
          Duration.ofMinutes(2),
          new SecureRandom(),
          () -> Instant.parse("2026-11-21T08:30:00Z"));
  final SubscriptionsInMemory subscriptions;
  volatile String peer = "192.0.2.7";
  private final ActorSystem<Void> system =
      ActorSystem.create(Behaviors.empty(), "api", ConfigFactory.load());
  private final Function<HttpRequest, CompletionStage<HttpResponse>> route;

  ApiStage(@Nullable String sandboxKey) {
    subscriptions = new SubscriptionsInMemory(system);
    RequestLimits limits =
        new RequestLimits(
            new ClientAddress(List.of()),
            new RateLimits(
                RelaySettings.from(SettingsSource.load(Map.of())).limits().rates().sizes(),
                () -> 0));
    ApiGate gate = new ApiGate(accounts, limits, new SandboxKey(new ApiSettings(sandboxKey)));
    route =
        SealedRoute.of(
            concat(
                new AuthRoute(gate, codes, accounts, accounts).route(),
                new AccountRoute(gate, accounts).route(),
                new UsageRoute(gate, subscriptions).route(),
                new RoomsRoute(gate, subscriptions, rooms(), new Random(1)).route(),
                new ServerInfoRoute("1.2.3").route()),
            system);
  }

  String annsKey() {
    return anns.apiKey().text();
  }

  HttpResponse get(String path, @Nullable String key, String... header) {
    return ask(HttpRequest.GET("http://relay.example" + path), key, header);
  }

  HttpResponse delete(String path, @Nullable String key) {
    return ask(HttpRequest.DELETE("http://relay.example" + path), key);
  }

  HttpResponse post(String path, String body, @Nullable String key, String... header) {
    return ask(
        HttpRequest.POST("http://relay.example" + path)
            .withEntity(ContentTypes.APPLICATION_JSON, body),
        key,
        header);
  }

  static String text(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private HttpResponse ask(HttpRequest request, @Nullable String key, String... header) {
    HttpRequest whole =
        request.addAttribute(
            Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral(peer), 50_007));
    if (key != null) {
      whole = whole.addHeader(RawHeader.create("Authorization", "Bearer " + key));
    }
    if (header.length == 2) {
      whole = whole.addHeader(RawHeader.create(header[0], header[1]));
    }
    try {
      return route.apply(whole).toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  private AccountRooms rooms() {
    return new AccountRooms() {
      @Override
      public CompletionStage<Presence> presence(String roomId) {
        Presence found = present.get(roomId);
        return found == null
            ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
            : CompletableFuture.completedFuture(found);
      }

      @Override
      public CompletionStage<Release> release(String roomId, AccountId owner) {
        return CompletableFuture.completedFuture(
            owner.equals(ann)
                ? releases.getOrDefault(roomId, Release.NOT_FOUND)
                : Release.NOT_FOUND);
      }
    };
  }
}
