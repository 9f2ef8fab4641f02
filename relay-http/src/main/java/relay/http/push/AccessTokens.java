package relay.http.push;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import relay.http.outgoing.HttpCalls;

/** Fetches access tokens for FCM and keeps each until shortly before it expires. */
final class AccessTokens {
  /** No access token can be had; the message names no more than an HTTP status. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    private Unavailable(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  private final ServiceAccountCredentials account;

  AccessTokens(FcmCredentials credentials, HttpCalls calls) {
    account =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail(credentials.clientEmail())
            .setPrivateKey(credentials.key())
            .setPrivateKeyId(credentials.keyId())
            .setTokenServerUri(credentials.tokenUri())
            .setScopes(List.of(SCOPE))
            .setDefaultRetriesEnabled(false)
            .setHttpTransportFactory(() -> new TokenTransport(calls))
            .build();
  }

  String current() throws Unavailable, InterruptedException {
    try {
      account.refreshIfExpired();
      return account.getAccessToken().getTokenValue();
    } catch (IOException | RuntimeException e) { // the latter for a reply of another shape
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new Unavailable("fcm access token fetch failed" + status(e));
    }
  }

  /** The library's own words quote the reply. */
  private static String status(Exception failure) {
    return Stream.iterate((Throwable) failure, it -> it != null, Throwable::getCause)
        .filter(HttpResponseException.class::isInstance)
        .map(it -> ": status " + ((HttpResponseException) it).getStatusCode())
        .findFirst()
        .orElse("");
  }
}
