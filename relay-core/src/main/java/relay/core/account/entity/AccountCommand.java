package relay.core.account.entity;

import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountAnswer;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.Rotation;
import relay.core.wire.ClusterMessage;

/** What an account is asked. It never sees a credential, only hashes. */
public sealed interface AccountCommand extends ClusterMessage
    permits AccountCommand.Authenticate,
        AccountCommand.Check,
        AccountCommand.SignIn,
        AccountCommand.Create,
        AccountCommand.Issue,
        AccountCommand.Refresh,
        AccountCommand.Revoke,
        AccountCommand.Describe,
        AccountCommand.Delete,
        AccountCommand.Restore,
        AccountCommand.Erase,
        AccountSignal {

  /** Whose is this API key, and does it count? */
  record Authenticate(CredentialHash key, ActorRef<AccountAnswer.ToAuthenticate> replyTo)
      implements AccountCommand {}

  /** Does the sign-in still count that a live socket came with? That it lives is a use of it. */
  record Check(long family, ActorRef<AccountAnswer.ToAuthenticate> replyTo)
      implements AccountCommand {}

  /**
   * Somebody has signed in; makes the account if there is none, links the provider if it is new.
   */
  record SignIn(
      Identity identity, PersonalDetails details, ActorRef<AccountAnswer.ToSignIn> replyTo)
      implements AccountCommand {}

  /** An operator makes the account, if there is none. */
  record Create(PersonalDetails details, ActorRef<AccountAnswer.ToCreate> replyTo)
      implements AccountCommand {}

  /** Begins a family of credentials; where there are too many, the least recently used ends. */
  record Issue(NewCredentials credentials, ActorRef<AccountAnswer.ToIssue> replyTo)
      implements AccountCommand {}

  /** Exchanges a refresh token (TermOnMac 7.4). */
  record Refresh(Rotation rotation, ActorRef<AccountAnswer.ToRefresh> replyTo)
      implements AccountCommand {}

  /** Ends the family of this API key (TermOnMac 1.6). */
  record Revoke(CredentialHash key, ActorRef<AccountAnswer.ToRevoke> replyTo)
      implements AccountCommand {}

  /** Asks what the account knows. */
  record Describe(ActorRef<AccountAnswer.ToDescribe> replyTo) implements AccountCommand {}

  /** Begins deletion; asking again changes nothing (TermOnMac 7.7). */
  record Delete(ActorRef<AccountAnswer.ToDescribe> replyTo) implements AccountCommand {}

  /** Ends deletion while that is possible. */
  record Restore(ActorRef<AccountAnswer.ToDescribe> replyTo) implements AccountCommand {}

  /**
   * Carries out a deletion that can no longer be undone, or describes the account that stays. That
   * it is erased is answered once nothing is left but the event that says so; where the journal
   * cannot delete, there is no answer.
   */
  record Erase(ActorRef<AccountAnswer.ToDescribe> replyTo) implements AccountCommand {}
}
