package relay.http.ops;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import relay.core.directory.ExpiringFacts;
import relay.core.subscription.entity.Subscriptions;
import relay.http.access.AccountDesk;
import relay.http.access.Credentials;

/**
 * What the ops API needs to look after accounts.
 *
 * @param facts where answers are kept for repetitions
 * @param adminToken the operators' token, or null
 */
public record OpsAccounts(
    AccountDesk desk,
    Credentials credentials,
    Subscriptions subscriptions,
    ExpiringFacts facts,
    @Nullable String adminToken,
    InstantSource clock) {

  @Override
  public String toString() {
    return "OpsAccounts[]";
  }
}
