package relay.core.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/** What an account says to whoever asked it, by question. */
public sealed interface AccountAnswer extends ClusterMessage {

  /** To: whose API key is this? */
  sealed interface ToAuthenticate extends AccountAnswer permits Authenticated, Unknown {}

  /** To: somebody has signed in. */
  sealed interface ToSignIn extends AccountAnswer permits SignedIn, Unknown {}

  /** To: make this account. */
  sealed interface ToCreate extends AccountAnswer permits SignedIn, Exists, Unknown {}

  /** To: begin a family of credentials. */
  sealed interface ToIssue extends AccountAnswer permits Issued, Unknown {}

  /** To: exchange a refresh token. */
  sealed interface ToRefresh extends AccountAnswer
      permits Rotated, Replayed, Reused, TooManyRotations, Unknown {}

  /** To: end the family of this API key. */
  sealed interface ToRevoke extends AccountAnswer permits Revoked, Unknown {}

  /** To: what do you know, begin your deletion, end it. */
  sealed interface ToDescribe extends AccountAnswer permits Described, Unknown {}

  /**
   * The key is valid now.
   *
   * @param deletedAt when deletion was asked for; upgrades are then answered 410 (TermOnMac 7.7)
   */
  record Authenticated(
      long family, @Nullable String email, @Nullable String name, @Nullable Instant deletedAt)
      implements ToAuthenticate {

    @Override
    public String toString() {
      return "Authenticated[family=" + family + "]";
    }
  }

  /**
   * There is no such account, or no such credential.
   *
   * @param isErased whether its deletion is complete, so that no index may point to it any more
   */
  record Unknown(boolean isErased)
      implements ToAuthenticate, ToSignIn, ToCreate, ToIssue, ToRefresh, ToRevoke, ToDescribe {}

  /**
   * @param isNew whether this made the account
   */
  record SignedIn(boolean isNew, Profile profile, @Nullable Instant deletedAt)
      implements ToSignIn, ToCreate {}

  /** The account was there before. */
  record Exists() implements ToCreate {}

  /**
   * The credentials count from now on.
   *
   * @param retired what no index needs any more
   */
  record Issued(long family, List<CredentialHash> retired) implements ToIssue {
    public Issued {
      retired = List.copyOf(retired);
    }
  }

  /**
   * The new credentials count from now on.
   *
   * @param retired what no index needs any more
   */
  record Rotated(long family, List<CredentialHash> retired) implements ToRefresh {
    public Rotated {
      retired = List.copyOf(retired);
    }
  }

  /** The token was exchanged a short while ago; this is what came of it, sealed for its holder. */
  record Replayed(SealedResult result) implements ToRefresh {}

  /**
   * The token was exchanged long ago: somebody has a copy of it, so its family has ended.
   *
   * @param retired what no index needs any more
   */
  record Reused(long family, List<CredentialHash> retired) implements ToRefresh {
    public Reused {
      retired = List.copyOf(retired);
    }
  }

  /** The family was rotated so often lately that one more result could not be kept. */
  record TooManyRotations() implements ToRefresh {}

  /**
   * @param retired what no index needs any more
   */
  record Revoked(long family, List<CredentialHash> retired) implements ToRevoke {
    public Revoked {
      retired = List.copyOf(retired);
    }
  }

  /**
   * @param families how many sign-ins have credentials that still count
   * @param deletedAt when deletion was asked for, or null
   * @param erasedAfter while it is being deleted: until when that can be undone, or null
   */
  record Described(
      Profile profile, int families, @Nullable Instant deletedAt, @Nullable Instant erasedAfter)
      implements ToDescribe {}
}
