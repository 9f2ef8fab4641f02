package relay.core.limits;

/**
 * Everything that may happen only so often, each a row of one table: what is counted, for whom, and
 * the name under which {@code relay.limits} holds its burst and refill interval (TermOnMac 8,
 * pyrycode 6.1). Each node counts for itself.
 */
public enum Limit {
  /** Upgrades of both pyrycode endpoints together. */
  PYRYCODE_UPGRADES("upgrades-per-ip", Scope.ADDRESS),
  /** Upgrades of {@code /ws}. */
  UPGRADES_OF_ADDRESS("termonmac-upgrades-per-ip", Scope.ADDRESS),
  UPGRADES_OF_ACCOUNT("termonmac-upgrades-per-account", Scope.ACCOUNT),
  /** Requests answered 401; once they are used up, no key of that address is looked at. */
  UNAUTHORIZED("unauthorized-per-ip", Scope.ADDRESS),
  /** Registrations and joins answered {@code AUTH_FAILED}; past it upgrades are refused. */
  AUTH_FAILED("auth-failed-per-account", Scope.ACCOUNT),
  /** Browsers that begin to sign in, or come back from a provider. */
  LOGINS_OF_ADDRESS("logins-per-ip", Scope.ADDRESS),
  LOGINS_OF_ACCOUNT("logins-per-account", Scope.ACCOUNT),
  /** One-time codes presented. */
  EXCHANGES("exchanges-per-ip", Scope.ADDRESS),
  REFRESHES_OF_ADDRESS("refreshes-per-ip", Scope.ADDRESS),
  REFRESHES_OF_TOKEN("refreshes-per-token", Scope.TOKEN),
  /** {@code GET}s with an API key. */
  READS("reads-per-account", Scope.ACCOUNT),
  /** Every other call with an API key. */
  WRITES("writes-per-account", Scope.ACCOUNT),
  /** Whatever is said to come from the App Store. */
  STORE_NOTIFICATIONS("store-notifications-per-ip", Scope.ADDRESS);

  /** What a bucket's key is. */
  public enum Scope {
    /** The client's IP address, behind trusted proxies. */
    ADDRESS,
    /** The account whose API key was presented. */
    ACCOUNT,
    /** The SHA-256 of the token that was presented. */
    TOKEN
  }

  private final String key;
  private final Scope scope;

  Limit(String key, Scope scope) {
    this.key = key;
    this.scope = scope;
  }

  /** The last part of its key in the configuration. */
  public String key() {
    return key;
  }

  public Scope scope() {
    return scope;
  }
}
