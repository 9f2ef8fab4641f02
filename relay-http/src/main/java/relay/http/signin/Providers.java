package relay.http.signin;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import relay.core.settings.ProviderSettings;
import relay.core.settings.SigninSettings;
import relay.http.signin.OidcClient.Habits;

/** The providers that are configured, in the order they are offered. */
public final class Providers implements AutoCloseable {
  private final Map<String, Provider> byId = new LinkedHashMap<>();
  private final ProviderCalls calls;

  private Providers(ProviderCalls calls) {
    this.calls = calls;
  }

  /**
   * @param ticker monotonic nanoseconds
   * @throws IllegalArgumentException if a provider's key cannot be used; the message names it
   */
  public static Providers of(SigninSettings settings, LongSupplier ticker, InstantSource clock) {
    Providers providers = new Providers(new ProviderCalls(settings.callTimeout()));
    ProviderSettings on = settings.providers();
    if (on.apple().isOn()) {
      providers.add(apple(on.apple(), clock), ticker);
    }
    if (on.google().isOn()) {
      providers.add(openId("google", on.google(), Habits.GOOGLE), ticker);
    }
    if (on.github().isOn()) {
      providers.byId.put("github", new GithubProvider(on.github(), providers.calls));
    }
    if (on.oidc().isOn()) {
      providers.add(openId("oidc", on.oidc(), Habits.STANDARD), ticker);
    }
    on.others().entrySet().stream()
        .filter(other -> other.getValue().isOn())
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            other ->
                providers.add(openId(other.getKey(), other.getValue(), Habits.STANDARD), ticker));
    return providers;
  }

  Optional<Provider> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<Provider> all() {
    return byId.values();
  }

  @Override
  public void close() {
    calls.close();
  }

  private void add(OidcClient client, LongSupplier ticker) {
    byId.put(client.id(), new OidcProvider(client, new OidcIssuer(client, calls, ticker), calls));
  }

  private static OidcClient openId(String id, ProviderSettings.OpenId openId, Habits habits) {
    String secret = Objects.requireNonNull(openId.clientSecret());
    Supplier<Secret> always = () -> new Secret(secret);
    return new OidcClient(
        id,
        openId.name(),
        new Issuer(Objects.requireNonNull(openId.issuer())),
        new ClientID(Objects.requireNonNull(openId.clientId())),
        always,
        habits);
  }

  private static OidcClient apple(ProviderSettings.Apple apple, InstantSource clock) {
    return new OidcClient(
        "apple",
        "Apple",
        new Issuer(apple.issuer()),
        new ClientID(Objects.requireNonNull(apple.clientId())),
        AppleSecret.of(apple, clock),
        Habits.APPLE);
  }
}
