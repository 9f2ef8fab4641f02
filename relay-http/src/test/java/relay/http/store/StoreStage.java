package relay.http.store;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.directory.PurchaseIndex;
import relay.core.limits.RateLimits;
import relay.core.settings.ApiSettings;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;
import relay.core.settings.StoreSettings;
import relay.http.access.ClientAddress;
import relay.http.access.SandboxKey;
import relay.http.api.ApiGate;
import relay.http.socket.Upgrade;
import relay.http.testing.AccountsInMemory;
import relay.http.testing.SubscriptionsInMemory;
import relay.http.testing.TestStore;
import relay.http.throttle.RequestLimits;
import relay.http.transport.SealedRoute;

/** The store's routes in front of a subscription that answers what a test says. */
final class StoreStage implements AutoCloseable {
  final TestStore store = TestStore.create();
  final AccountsInMemory accounts = new AccountsInMemory();
  final AccountId ann = accounts.add(new PersonalDetails("ann@example.org", "Ann", null));
  final String annsKey = accounts.credentials(ann).apiKey().text();
  final Map<String, AccountId> owners = new HashMap<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final SubscriptionsInMemory subscriptions;
  private final ActorSystem<Void> system =
      ActorSystem.create(Behaviors.empty(), "store", ConfigFactory.load());
  private final Optional<StoreDesk> desk;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> route;

  static StoreStage open(Path directory) throws GeneralSecurityException, IOException {
    return new StoreStage(Optional.of(directory));
  }

  /** Nothing is sold. */
  static StoreStage closed() throws GeneralSecurityException, IOException {
    return new StoreStage(Optional.empty());
  }

  private StoreStage(Optional<Path> directory) throws GeneralSecurityException, IOException {
    subscriptions = new SubscriptionsInMemory(system);
    RelaySettings settings = RelaySettings.from(SettingsSource.load(Map.of()));
    StoreSettings selling = settings.store();
    if (directory.isPresent()) {
      selling =
          TestStore.settings(store.rootFile(directory.get()), StoreSettings.Environment.SANDBOX);
    }
    desk =
        StoreDesk.of(
            selling,
            subscriptions,
            new Index(),
            (notice, outcome) -> told.add(notice + " " + outcome));
    RequestLimits limits =
        new RequestLimits(
            new ClientAddress(List.of()),
            new RateLimits(settings.limits().rates().sizes(), () -> 0));
    ApiGate gate = new ApiGate(accounts, limits, new SandboxKey(new ApiSettings(null)));
    route = SealedRoute.of(new StoreRoutes(gate, subscriptions, desk).route(), system);
  }

  HttpResponse notified(String body) {
    return ask(
        HttpRequest.POST("http://relay.example/webhooks/apple")
            .withEntity(ContentTypes.APPLICATION_JSON, body));
  }

  HttpResponse shown(String signed, String key) {
    return ask(
        HttpRequest.POST("http://relay.example/api/subscription")
            .withEntity(
                ContentTypes.APPLICATION_JSON, "{\"signed_transaction\":\"" + signed + "\"}")
            .addHeader(RawHeader.create("Authorization", "Bearer " + key)));
  }

  HttpResponse described(String key) {
    return ask(
        HttpRequest.GET("http://relay.example/api/subscription")
            .addHeader(RawHeader.create("Authorization", "Bearer " + key)));
  }

  static String text(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }

  @Override
  public void close() {
    desk.ifPresent(StoreDesk::close);
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private HttpResponse ask(HttpRequest request) {
    try {
      return route
          .apply(
              request.addAttribute(
                  Upgrade.PEER, new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 50_007)))
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  private final class Index implements PurchaseIndex {
    @Override
    public CompletionStage<AccountId> claim(String subscription, AccountId account) {
      AccountId before = owners.putIfAbsent(subscription, account);
      return CompletableFuture.completedFuture(before == null ? account : before);
    }

    @Override
    public CompletionStage<Optional<AccountId>> owner(String subscription) {
      return CompletableFuture.completedFuture(Optional.ofNullable(owners.get(subscription)));
    }
  }
}
