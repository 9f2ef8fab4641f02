package relay.persistence.journal;

import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.account.Rotation;
import relay.core.account.SealedResult;
import relay.core.account.entity.AccountCommand;
import relay.persistence.JournalNode;

/** A client that signs in and exchanges its first refresh token; the same for the same number. */
record RefreshingClient(long number) {

  AccountId account() {
    return new AccountId("%032x".formatted(number));
  }

  ApiKey firstKey() {
    return ApiKey.mint(new Random(number));
  }

  ApiKey secondKey() {
    return ApiKey.mint(new Random(-1 - number));
  }

  RefreshToken firstToken() {
    return RefreshToken.mint(new Random(number));
  }

  RefreshToken secondToken() {
    return firstToken().successor(new Random(number));
  }

  String result() {
    return secondKey().text() + " " + secondToken().text();
  }

  void signIn(JournalNode node, ActorRef<AccountCommand> account) {
    Identity identity = new Identity("github", "subject-" + number);
    node.<AccountAnswer.ToSignIn>ask(
        account,
        it ->
            new AccountCommand.SignIn(
                identity, new PersonalDetails("ada@example.org", "Ada", null), it));
    node.<AccountAnswer.ToIssue>ask(
        account, it -> new AccountCommand.Issue(NewCredentials.of(firstKey(), firstToken()), it));
  }

  /** Asks with a nonce of its own, as every request does. */
  AccountAnswer.ToRefresh refresh(JournalNode node, ActorRef<AccountCommand> account, long nonce) {
    Rotation rotation =
        new Rotation(
            firstToken().hash(),
            NewCredentials.of(secondKey(), secondToken()),
            SealedResult.seal(result(), firstToken(), new Random(nonce)));
    return node.ask(account, it -> new AccountCommand.Refresh(rotation, it));
  }

  AccountAnswer.ToAuthenticate authenticate(
      JournalNode node, ActorRef<AccountCommand> account, ApiKey key) {
    return node.ask(account, it -> new AccountCommand.Authenticate(key.hash(), it));
  }
}
