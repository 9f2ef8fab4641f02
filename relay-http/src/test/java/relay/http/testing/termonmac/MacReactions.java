package relay.http.testing.termonmac;

import java.time.Duration;

/** What a Mac does about each status and close code (TermOnMac 2.2, 2.3 and 9.1). */
final class MacReactions {
  private static final Duration ROOM_LIMIT_RETRY = Duration.ofSeconds(8);
  private static final int MOST_401 = 3;

  private final MacPeer mac;
  private int unauthorized;

  MacReactions(MacPeer mac) {
    this.mac = mac;
  }

  void wasLetIn() {
    unauthorized = 0;
  }

  void refused(int status) {
    switch (status) {
      case 401 -> unauthorized();
      case 403 -> mac.line.dialAfter(ROOM_LIMIT_RETRY);
      case 410 -> mac.did("stopped for good: the account is deleted");
      default -> mac.line.dialAfterBackoff();
    }
  }

  void closed(int code) {
    if (code == 1001 || code == 4000) {
      mac.line.dialAfter(Duration.ZERO);
    } else {
      mac.line.dialAfterBackoff();
    }
  }

  private void unauthorized() {
    unauthorized++;
    if (unauthorized <= MOST_401) {
      mac.line.dialAfter(Duration.ofSeconds(10L * unauthorized));
    } else {
      unauthorized = 0;
      mac.refreshKey();
    }
  }
}
