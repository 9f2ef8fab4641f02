package relay.core.subscription;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import relay.core.settings.StoreSettings;
import relay.core.settings.SubscriptionSettings;
import relay.core.settings.TierSettings;

/**
 * What the operator has set for all accounts.
 *
 * @param products what the store sells, and for which tier
 * @param roomLease how long a room stays registered after its Mac was last there
 */
public record SubscriptionPolicy(
    Map<Tier, TierLimits> tiers,
    Map<String, Tier> products,
    Price price,
    LeaseTerms leases,
    WelcomeOffer welcome,
    Duration roomLease) {

  /** What is charged, in credits. */
  public record Price(int perFrame, int perMinute) {}

  /**
   * How sockets get credits in advance.
   *
   * @param maxCredits most that one socket may spend before it reports
   * @param timeout after which the lease of a socket that reports nothing is given back
   */
  public record LeaseTerms(int maxCredits, Duration timeout) {}

  /** What a new account gets. */
  public record WelcomeOffer(long credits, Duration duration) {}

  public SubscriptionPolicy {
    tiers = Map.copyOf(tiers);
    products = Map.copyOf(products);
  }

  public static SubscriptionPolicy of(
      SubscriptionSettings subscription, TierSettings tiers, StoreSettings store) {
    return new SubscriptionPolicy(
        Map.of(
            Tier.FREE, limits(tiers.free()),
            Tier.PRO, limits(tiers.pro()),
            Tier.PREMIUM, limits(tiers.premium())),
        products(store),
        new Price(subscription.creditsPerFrame(), subscription.creditsPerMinute()),
        new LeaseTerms(subscription.leaseCredits(), subscription.leaseTimeout()),
        new WelcomeOffer(subscription.welcomeCredits(), subscription.welcomeDuration()),
        subscription.roomLease());
  }

  public TierLimits limits(Tier tier) {
    TierLimits limits = tiers.get(tier);
    if (limits == null) {
      throw new IllegalStateException(tier + " has no limits: expected one of " + tiers.keySet());
    }
    return limits;
  }

  /** Empty for a product that is sold for something else, or that nobody has configured. */
  public Optional<Tier> tierOf(String productId) {
    return Optional.ofNullable(products.get(productId));
  }

  private static Map<String, Tier> products(StoreSettings store) {
    Map<String, Tier> products = new HashMap<>();
    store.proProducts().forEach(it -> products.put(it, Tier.PRO));
    store.premiumProducts().forEach(it -> products.put(it, Tier.PREMIUM));
    return products;
  }

  private static TierLimits limits(TierSettings.Limits limits) {
    return new TierLimits(limits.creditsPerWindow(), limits.maxRooms(), limits.maxSessions());
  }
}
