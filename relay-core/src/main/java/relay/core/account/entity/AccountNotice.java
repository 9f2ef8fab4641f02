package relay.core.account.entity;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import relay.core.subscription.QuotaExceeded;
import relay.core.wire.ClusterMessage;

/** What the live sockets of an account have to know at once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = AccountNotice.FamilyRevoked.class, name = "family-revoked"),
  @JsonSubTypes.Type(value = AccountNotice.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = AccountNotice.Restored.class, name = "restored"),
  @JsonSubTypes.Type(value = AccountNotice.OutOfCredits.class, name = "out-of-credits")
})
public sealed interface AccountNotice extends ClusterMessage {

  /** Sockets that authenticated with that family are to be closed. */
  record FamilyRevoked(long family) implements AccountNotice {}

  /** The account's deletion has begun. */
  record Deleted() implements AccountNotice {}

  /** The account's deletion was undone. */
  record Restored() implements AccountNotice {}

  /** Its sockets are to say so and close (TermOnMac 3.11). */
  record OutOfCredits(QuotaExceeded quota) implements AccountNotice {}
}
