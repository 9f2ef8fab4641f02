package relay.core.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The App Store that sells tiers (TermOnMac 5.3); without a bundle id there is none.
 *
 * @param bundleId of the app whose purchases count, or null
 * @param appId the store's number of that app; needed for purchases of production
 * @param environments whose purchases count; those of the sandbox cost nothing
 * @param rootCertificates files with the certificates that signatures must lead back to; none for
 *     Apple's own
 * @param onlineChecks whether a certificate's revocation is asked for over the network
 * @param proProducts ids of what is sold for the tier pro
 * @param premiumProducts ids of what is sold for the tier premium
 */
public record StoreSettings(
    @Nullable String bundleId,
    @Nullable Long appId,
    List<Environment> environments,
    List<Path> rootCertificates,
    boolean onlineChecks,
    List<String> proProducts,
    List<String> premiumProducts) {
  private static final String KEY = "relay.store.";

  /** Where a purchase was made. */
  public enum Environment {
    PRODUCTION,
    SANDBOX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Environment parse(String text) {
      return switch (text) {
        case "production" -> PRODUCTION;
        case "sandbox" -> SANDBOX;
        default ->
            throw new InvalidSetting(KEY + "environments", text, "production or sandbox, or both");
      };
    }
  }

  public StoreSettings {
    environments = List.copyOf(environments);
    rootCertificates = List.copyOf(rootCertificates);
    proProducts = List.copyOf(proProducts);
    premiumProducts = List.copyOf(premiumProducts);
    List<String> ofBoth = proProducts.stream().filter(premiumProducts::contains).toList();
    if (!ofBoth.isEmpty()) {
      throw new InvalidSetting(
          KEY + "premium-products", ofBoth, "products that " + KEY + "pro-products does not name");
    }
    if (bundleId != null) {
      checkSelling(appId, environments);
    }
  }

  static StoreSettings from(Section section) {
    return new StoreSettings(
        section.optionalText("bundle-id").orElse(null),
        section.optionalText("app-id").map(StoreSettings::appId).orElse(null),
        section.list("environments").stream().map(Environment::parse).toList(),
        section.list("root-certificates").stream().map(Path::of).toList(),
        section.flag("online-checks"),
        section.list("pro-products"),
        section.list("premium-products"));
  }

  public boolean isOn() {
    return bundleId != null;
  }

  private static void checkSelling(@Nullable Long appId, List<Environment> environments) {
    if (environments.isEmpty()) {
      throw new InvalidSetting(KEY + "environments", environments, "production or sandbox");
    }
    if (environments.contains(Environment.PRODUCTION) && appId == null) {
      throw new InvalidSetting(
          KEY + "app-id", null, "the app's number in the store, since it sells in production");
    }
  }

  private static Long appId(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException _) {
      throw new InvalidSetting(KEY + "app-id", text, "a whole number");
    }
  }
}
