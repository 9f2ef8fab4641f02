package relay.http.app;

import java.security.SecureRandom;
import java.time.Clock;
import org.apache.pekko.actor.typed.ActorSystem;
import relay.core.account.entity.AccountAnnouncer;
import relay.core.account.entity.AccountSurroundings;
import relay.core.account.entity.Accounts;
import relay.core.account.entity.EdgeAnnouncer;
import relay.core.directory.CredentialIndex;
import relay.core.directory.DueDeletions;
import relay.core.directory.ExpiringFacts;
import relay.core.directory.PurchaseIndex;
import relay.core.directory.RoomOwners;
import relay.core.settings.OpsSettings;
import relay.core.settings.RelaySettings;
import relay.core.sharding.ErasureSweep;
import relay.core.sharding.ShardedAccounts;
import relay.core.sharding.SubscriptionSharding;
import relay.core.subscription.SubscriptionPolicy;
import relay.core.subscription.entity.SubscriptionSurroundings;
import relay.core.subscription.entity.Subscriptions;
import relay.http.access.AccountDesk;
import relay.http.access.Authenticator;
import relay.http.access.Credentials;
import relay.http.access.DeletionNotes;
import relay.http.access.IndexedAccountDesk;
import relay.http.access.IndexedAuthenticator;
import relay.http.access.IndexedCredentials;
import relay.http.access.SignInCheck;
import relay.http.ops.OpsAccounts;
import relay.persistence.QueryPool;
import relay.persistence.tables.CachedCredentialIndex;
import relay.persistence.tables.CachedRoomOwners;
import relay.persistence.tables.JdbcCredentialIndex;
import relay.persistence.tables.JdbcDueDeletions;
import relay.persistence.tables.JdbcExpiringFacts;
import relay.persistence.tables.JdbcPurchaseIndex;
import relay.persistence.tables.JdbcRoomOwners;

/** What a node does for people: their accounts, credentials and subscriptions. */
record AccountServices(
    Authenticator authenticator,
    SignInCheck check,
    Credentials credentials,
    AccountDesk desk,
    Subscriptions subscriptions,
    PurchaseIndex purchases,
    ExpiringFacts facts,
    RoomOwners rooms) {

  /** Rooms of which a node remembers whose they are; about 200 bytes each. */
  private static final int CACHED_ROOMS = 50_000;

  /**
   * @param tables where the index and the facts are kept; it may write
   */
  static AccountServices start(
      ActorSystem<?> system, RelaySettings settings, QueryPool tables, Clock clock, Meters meters) {
    AccountAnnouncer announcer = EdgeAnnouncer.start(system, clock);
    Accounts accounts =
        ShardedAccounts.start(
            system,
            AccountSurroundings.of(settings.account(), clock, announcer, meters.accounts()));
    CredentialIndex index =
        new CachedCredentialIndex(
            new JdbcCredentialIndex(tables), settings.account().cachedCredentials());
    Subscriptions subscriptions = subscriptions(system, settings, clock, announcer);
    DueDeletions deletions = new JdbcDueDeletions(tables);
    RoomOwners rooms = new CachedRoomOwners(new JdbcRoomOwners(tables), CACHED_ROOMS);
    ErasureSweep.start(
        system,
        new ErasureSweep.Surroundings(
            deletions, clock, meters.accounts(), settings.account().sweepInterval()),
        new ErasureSweep.Belongings(accounts, subscriptions, rooms, index));
    SecureRandom random = new SecureRandom();
    var authenticator = new IndexedAuthenticator(index, accounts);
    return new AccountServices(
        authenticator,
        authenticator,
        new IndexedCredentials(index, accounts, random),
        new IndexedAccountDesk(index, accounts, new DeletionNotes(deletions, clock), random),
        subscriptions,
        new JdbcPurchaseIndex(tables),
        new JdbcExpiringFacts(tables),
        rooms);
  }

  /** What the ops API needs to look after accounts. */
  OpsAccounts forOperators(OpsSettings ops, Clock clock) {
    return new OpsAccounts(desk, credentials, subscriptions, facts, ops.adminToken(), clock);
  }

  private static Subscriptions subscriptions(
      ActorSystem<?> system, RelaySettings settings, Clock clock, AccountAnnouncer announcer) {
    return SubscriptionSharding.start(
        system,
        SubscriptionSurroundings.of(
            SubscriptionPolicy.of(settings.subscription(), settings.tiers(), settings.store()),
            clock,
            announcer,
            settings.subscription().passivateAfter()));
  }
}
