package relay.core.settings;

import com.typesafe.config.Config;

/** Every setting of the relay, read once at start and validated as a whole. */
public record RelaySettings(
    HttpSettings http,
    OpsSettings ops,
    NodeSettings node,
    StorageSettings storage,
    LimitSettings limits,
    DrainSettings drain,
    RoomSettings room,
    AccountSettings account,
    PyrycodeSettings pyrycode,
    TermonmacSettings termonmac,
    PushSettings push,
    SubscriptionSettings subscription,
    TierSettings tiers,
    StoreSettings store,
    ApiSettings api,
    SigninSettings signin) {
  private static final String ROOT = "relay";

  public RelaySettings {
    if (storage.isEmbedded() && !node.isAlone()) {
      throw new InvalidSetting(
          "relay.storage.url",
          null,
          "a PostgreSQL address, since relay.node.seed-nodes makes this a cluster");
    }
  }

  public static RelaySettings from(Config config) {
    Section relay = new Section(config, ROOT);
    return new RelaySettings(
        HttpSettings.from(relay.section("http")),
        OpsSettings.from(relay.section("ops")),
        NodeSettings.from(relay.section("node")),
        StorageSettings.from(relay.section("storage")),
        LimitSettings.from(relay.section("limits")),
        DrainSettings.from(relay.section("drain")),
        RoomSettings.from(relay.section("room")),
        AccountSettings.from(relay.section("account")),
        PyrycodeSettings.from(relay.section("pyrycode")),
        TermonmacSettings.from(relay.section("termonmac")),
        PushSettings.from(relay.section("push")),
        SubscriptionSettings.from(relay.section("subscription")),
        TierSettings.from(relay.section("tiers")),
        StoreSettings.from(relay.section("store")),
        ApiSettings.from(relay.section("api")),
        SigninSettings.from(relay.section("signin")));
  }

  /** The effective settings, one key a line as configuration files write it, secrets redacted. */
  public String describe() {
    return Description.of(ROOT, this);
  }
}
