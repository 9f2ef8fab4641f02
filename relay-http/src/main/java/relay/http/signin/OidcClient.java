package relay.http.signin;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the relay is to one OpenID Connect issuer.
 *
 * @param id the provider's name in the configuration
 * @param secret the client secret of this moment
 */
record OidcClient(
    String id,
    String title,
    Issuer issuer,
    ClientID clientId,
    Supplier<Secret> secret,
    Habits habits) {

  /** Where issuers differ from the standard, and from each other. */
  enum Habits {
    STANDARD(Prompt.Type.LOGIN, "openid email profile"),
    /** Knows no {@code prompt=login}. */
    GOOGLE(Prompt.Type.SELECT_ACCOUNT, "openid email profile"),
    /** Asks every time, and gives name and e-mail only to a form (Sign in with Apple REST API). */
    APPLE(null, "openid email name");

    private final Prompt.@Nullable Type prompt;
    private final String scope;

    Habits(Prompt.@Nullable Type prompt, String scope) {
      this.prompt = prompt;
      this.scope = scope;
    }

    Prompt.@Nullable Type prompt() {
      return prompt;
    }

    Scope scope() {
      return Scope.parse(scope);
    }

    boolean answersByForm() {
      return this == APPLE;
    }
  }
}
