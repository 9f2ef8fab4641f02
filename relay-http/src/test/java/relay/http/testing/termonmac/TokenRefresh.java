package relay.http.testing.termonmac;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.IntStream;

/** A Mac's way to a new key: ten attempts, whatever the answer, ever further apart (1.5). */
final class TokenRefresh {
  private static final int ATTEMPTS = 10;
  private static final int LONGEST_WAIT = 60;

  private final MacPeer mac;
  private final String refreshToken;
  private final Iterator<Integer> waits =
      IntStream.range(0, ATTEMPTS).map(i -> Math.min(1 << i, LONGEST_WAIT)).iterator();

  TokenRefresh(MacPeer mac, String refreshToken) {
    this.mac = mac;
    this.refreshToken = refreshToken;
  }

  /** Asks on a thread of its own. */
  void attempt() {
    int port = mac.port();
    Thread.ofVirtual()
        .name("token-refresh")
        .start(() -> took(new AccountCalls(() -> port).refresh(refreshToken)));
  }

  private void took(AccountCalls.Answer answer) {
    synchronized (mac) {
      if (answer.status() == 200) {
        mac.refreshed(
            answer.body().path("api_key").asText(), answer.body().path("refresh_token").asText());
      } else if (waits.hasNext()) {
        mac.time.after(Duration.ofSeconds(waits.next()), this::attempt);
      } else {
        mac.did("stopped: the refresh token is not taken");
      }
      mac.notifyAll();
    }
  }
}
