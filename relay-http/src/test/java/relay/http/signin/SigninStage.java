package relay.http.signin;

import com.typesafe.config.ConfigFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.limits.RateLimits;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;
import relay.http.access.ClientAddress;
import relay.http.signin.OneTimeCodes.Purpose;
import relay.http.throttle.RequestLimits;
import relay.http.transport.SealedRoute;

/** The sign-in routes of two nodes with accounts, facts and time of the test's. */
final class SigninStage implements AutoCloseable {
  static final String BASE = "http://127.0.0.1:8080";
  static final String STATE = "00112233445566778899aabbccddeeff";
  static final String LOGIN = "/auth/web-login?port=19837&state=" + STATE;

  final DeskOfOne desk = new DeskOfOne();
  final RecordedSignins signins = new RecordedSignins();
  final List<AccountId> welcomed = new ArrayList<>();
  Instant now = Instant.parse("2026-11-21T08:30:00Z");
  private @Nullable Function<HttpRequest, CompletionStage<HttpResponse>> shared;
  private final RememberedFacts facts = new RememberedFacts();
  private final Map<String, String> environment = new HashMap<>();
  private final List<SigninRoutes> started = new ArrayList<>();
  private final ActorSystem<Void> system =
      ActorSystem.create(Behaviors.empty(), "signin", ConfigFactory.load());

  SigninStage with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Another node is another sealed route with the same database. */
  Function<HttpRequest, CompletionStage<HttpResponse>> node() {
    RelaySettings settings = RelaySettings.from(SettingsSource.load(environment));
    SigninRoutes routes =
        new SigninRoutes(
            new SigninPorts(
                settings.signin(),
                Providers.of(settings.signin(), System::nanoTime, () -> now),
                codes(),
                desk,
                account -> {
                  welcomed.add(account);
                  return CompletableFuture.completedFuture(null);
                },
                new RequestLimits(
                    new ClientAddress(List.of()),
                    new RateLimits(settings.limits().rates().sizes(), () -> 0)),
                signins,
                new SecureRandom(),
                () -> now));
    started.add(routes);
    return SealedRoute.of(routes.route(), system);
  }

  /** A browser, with a node of its own. */
  Browser browser() {
    return new Browser(node(), BASE);
  }

  /** A browser at that address; all of these share one node. */
  Browser browserFrom(String address) {
    if (shared == null) {
      shared = node();
    }
    return new Browser(shared, BASE).at(address);
  }

  OneTimeCodes codes() {
    return new OneTimeCodes(facts, Duration.ofMinutes(2), new SecureRandom(), () -> now);
  }

  /** Whose credentials a code of the redirect is good for. */
  AccountId exchange(String returnAddress) {
    return codes()
        .take(Purpose.EXCHANGE, Browser.parameter(returnAddress, "code"))
        .toCompletableFuture()
        .join()
        .orElseThrow();
  }

  @Override
  public void close() {
    started.forEach(SigninRoutes::close);
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
