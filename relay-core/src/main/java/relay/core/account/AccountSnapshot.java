package relay.core.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/**
 * An {@link Account} as it is stored, without sealed fields.
 *
 * @param profile null unless it is somebody's account
 * @param erasedAt null unless it was deleted for good
 */
public record AccountSnapshot(
    @Nullable Profile profile,
    long nextFamily,
    List<Family> families,
    @Nullable Deletion deletion,
    @Nullable Instant erasedAt)
    implements ClusterMessage {

  public AccountSnapshot {
    families = List.copyOf(families);
  }

  public static AccountSnapshot of(Account account) {
    return switch (account) {
      case Account.Vacant _ -> new AccountSnapshot(null, 1, List.of(), null, null);
      case Account.Present(var profile, var families, var deletion) ->
          new AccountSnapshot(profile, families.next(), families.all(), deletion, null);
      case Account.Erased(var at) -> new AccountSnapshot(null, 1, List.of(), null, at);
    };
  }

  public Account account() {
    if (profile != null) {
      return new Account.Present(profile, new Families(nextFamily, families), deletion);
    }
    return erasedAt == null ? new Account.Vacant() : new Account.Erased(erasedAt);
  }
}
