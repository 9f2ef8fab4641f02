package relay.core.account;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The facts of one account. {@link AccountArbiter} decides what follows from them. */
public sealed interface Account {

  /** Nobody has ever signed in under this id. */
  record Vacant() implements Account {}

  /**
   * Somebody's account.
   *
   * @param deletion null unless it is being deleted
   */
  record Present(Profile profile, Families families, @Nullable Deletion deletion)
      implements Account {

    @Nullable Instant deletedAt() {
      return deletion == null ? null : deletion.at();
    }

    private Present with(Profile changed) {
      return new Present(changed, families, deletion);
    }

    private Present with(Families changed) {
      return new Present(profile, changed, deletion);
    }

    private Present with(@Nullable Deletion changed) {
      return new Present(profile, families, changed);
    }
  }

  /** It was deleted for good; its id is never used again. */
  record Erased(Instant at) implements Account {}

  static Account evolve(Account account, AccountEvent event) {
    return switch (event) {
      case AccountEvent.AccountCreated(var details, var at) ->
          new Present(new Profile(details, List.of(), at, at), Families.NONE, null);
      case AccountEvent.ProviderLinked(var identity, var at) ->
          changed(account, event, it -> it.with(it.profile.withProvider(identity, at)));
      case AccountEvent.SignedIn(var at) ->
          changed(account, event, it -> it.with(it.profile.withLogin(at)));
      case AccountEvent.FamilyBegan began ->
          changed(account, event, it -> it.with(it.families.with(began)));
      case AccountEvent.FamilyUsed(var family, var at) ->
          changed(
              account, event, it -> it.with(it.families.changed(family, its -> its.usedAt(at))));
      case AccountEvent.CredentialsRotated rotated ->
          changed(
              account,
              event,
              it -> it.with(it.families.changed(rotated.family(), its -> its.after(rotated))));
      case AccountEvent.FamilyEnded(var family, _, _) ->
          changed(account, event, it -> it.with(it.families.without(family)));
      case AccountEvent.AccountDeleted(var erasedAfter, var at) ->
          changed(account, event, it -> it.with(new Deletion(at, erasedAfter)));
      case AccountEvent.AccountRestored _ ->
          changed(account, event, it -> it.with((Deletion) null));
      case AccountEvent.AccountErased(var at) -> new Erased(at);
    };
  }

  private static Account changed(
      Account account, AccountEvent event, UnaryOperator<Present> change) {
    if (account instanceof Present present) {
      return change.apply(present);
    }
    throw new IllegalStateException(event + " cannot follow " + account);
  }
}
