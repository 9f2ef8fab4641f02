package relay.http.termonmac;

import java.time.Duration;
import relay.core.endtoend.QrPayload;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.PhonePeer;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** A Mac and a phone of one account that have been paired, and whose secret has been rotated. */
record Couple(TestAccount account, MacPeer mac, PhonePeer phone, QrPayload shown)
    implements AutoCloseable {

  static Couple of(RelayUnderTest relay) {
    return of(relay, relay.newAccount());
  }

  static Couple of(RelayUnderTest relay, TestAccount account) {
    MacPeer mac = relay.newMac(account);
    QrPayload shown = mac.pair();
    mac.start();
    mac.awaitRegistered();
    mac.expect(RoomRegistered.class);
    PhonePeer phone = PhonePeer.scanning(relay.phonePort(), account.apiKey(), shown);
    phone.start();
    phone.awaitTogether();
    mac.awaitTogether();
    mac.expect(RoomRegistered.class);
    settle(mac, phone);
    return new Couple(account, mac, phone, shown);
  }

  /** A phone of the account that has just read that. */
  PhonePeer scan(RelayUnderTest relay, QrPayload read) {
    return PhonePeer.scanning(relay.phonePort(), account.apiKey(), read);
  }

  /** Another phone of the account, paired while the first one is there, which it replaces. */
  PhonePeer pairAnother(RelayUnderTest relay) {
    QrPayload again = mac.pair();
    mac.awaitRegistered();
    PhonePeer other = scan(relay, again);
    other.start();
    other.awaitTogether();
    return other;
  }

  void awaitTogether() {
    phone.awaitTogether();
    mac.awaitTogether();
  }

  /** Both sides say something and hear what the other said. */
  void talk(String word) {
    phone.type("{\"type\":\"pty_input\",\"data\":\"" + word + "\"}");
    mac.await("the input " + word, () -> mac.typed().toString().contains(word));
    mac.type("{\"type\":\"pty_data\",\"data\":\"" + word + "\"}");
    mac.pass(Duration.ofMillis(50));
    phone.await("the output " + word, () -> phone.screen().toString().contains(word));
  }

  /** So many messages from the Mac that mean nothing, for a credit each (TermOnMac 6.1). */
  void send(int messages) {
    for (int i = 0; i < messages; i++) {
      mac.send("{\"type\":\"relay\",\"payload\":\"c3BlbmQ=\"}");
    }
  }

  /** Whoever is over has at most a flush left. */
  void spendEverything() {
    mac.await(
        "the end of the credits",
        () -> {
          if (mac.isTogether()) {
            send(20);
          }
          return mac.past().contains("QuotaExceeded");
        });
  }

  /** What has happened so far is of no interest. */
  void forgetPast() {
    settle(mac, phone);
  }

  private static void settle(MacPeer mac, PhonePeer phone) {
    mac.settle();
    phone.settle();
    mac.forgetPast();
    phone.forgetPast();
  }

  @Override
  public void close() {
    try (mac;
        phone) {
      mac.leave();
    }
  }
}
