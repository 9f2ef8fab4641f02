package relay.http.access;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;

/**
 * Finds, makes, describes and deletes accounts; never blocks. Every stage fails where the database
 * or the account does not answer. An empty answer means that there is no such account.
 */
public interface AccountDesk {

  /**
   * Somebody who has signed in.
   *
   * @param isNew whether the account was made by this
   * @param deletedAt when deletion was asked for, or null (TermOnMac 7.7)
   */
  record Found(AccountId account, boolean isNew, Profile profile, @Nullable Instant deletedAt) {}

  /**
   * The account of whoever a provider vouches for (TermOnMac 7.6): the one it is linked to, else
   * the one with the same e-mail, else a new one. Two of these at once find the same.
   *
   * @param details with the e-mail only if the provider has verified it
   */
  CompletionStage<Found> findOrCreate(Identity identity, PersonalDetails details);

  /** Makes an account for that e-mail; empty where it has one. */
  CompletionStage<Optional<Found>> create(PersonalDetails details);

  /**
   * As {@link #create(PersonalDetails)}, for a call that may be repeated: whoever names the id
   * again finds the account that was made under it, however far the call had got.
   *
   * @param wanted the new account's id; another one is taken where that account was erased
   */
  CompletionStage<Optional<Found>> create(PersonalDetails details, AccountId wanted);

  /** The account with that e-mail. */
  CompletionStage<Optional<AccountId>> find(String email);

  CompletionStage<Optional<Described>> describe(AccountId account);

  /** Begins deletion; live sockets are told. */
  CompletionStage<Optional<Described>> delete(AccountId account);

  /** Ends deletion within its grace. */
  CompletionStage<Optional<Described>> restore(AccountId account);
}
