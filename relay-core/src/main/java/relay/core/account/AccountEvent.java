package relay.core.account;

import java.time.Instant;
import relay.core.wire.ClusterMessage;

/** What happened to an account. Of credentials, events carry hashes only. */
public sealed interface AccountEvent extends ClusterMessage {

  Instant at();

  /** The account's life begins. */
  record AccountCreated(PersonalDetails details, Instant at) implements AccountEvent {}

  /** From now on one can sign in with this, too. */
  record ProviderLinked(Identity identity, Instant at) implements AccountEvent {}

  /** Somebody has shown a provider who they are. */
  record SignedIn(Instant at) implements AccountEvent {}

  /** A sign-in got credentials; numbers of families are never used again. */
  record FamilyBegan(long family, NewCredentials credentials, Instant at) implements AccountEvent {}

  /** Its key or token was used; written now and then only. */
  record FamilyUsed(long family, Instant at) implements AccountEvent {}

  /**
   * A refresh token was exchanged.
   *
   * @param result what its holder is told once more if it asks before {@code graceUntil}
   * @param oldKeyUntil how long the key works on that counted before
   */
  record CredentialsRotated(
      long family,
      CredentialHash key,
      CredentialHash token,
      SealedResult result,
      Instant graceUntil,
      Instant oldKeyUntil,
      Instant at)
      implements AccountEvent {}

  /** None of its credentials counts any more. */
  record FamilyEnded(long family, FamilyEnd cause, Instant at) implements AccountEvent {}

  /**
   * Deletion was asked for.
   *
   * @param erasedAfter how long it can be undone
   */
  record AccountDeleted(Instant erasedAfter, Instant at) implements AccountEvent {}

  /** Deletion was undone. */
  record AccountRestored(Instant at) implements AccountEvent {}

  /** Somebody noticed that the deletion can no longer be undone. */
  record AccountErased(Instant at) implements AccountEvent {}
}
