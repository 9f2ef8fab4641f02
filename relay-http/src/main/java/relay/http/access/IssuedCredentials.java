package relay.http.access;

import relay.core.account.ApiKey;
import relay.core.account.RefreshToken;

/** Credentials a client is about to be told; nobody else keeps them. */
public record IssuedCredentials(ApiKey apiKey, RefreshToken refreshToken) {

  /** As {@code /auth/refresh} answers (TermOnMac 1.5). */
  public String json() {
    return "{\"api_key\":\""
        + apiKey.text()
        + "\",\"refresh_token\":\""
        + refreshToken.text()
        + "\"}";
  }
}
