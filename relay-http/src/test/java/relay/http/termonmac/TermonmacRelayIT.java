package relay.http.termonmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.ClientFrames;
import relay.http.testing.Eventually;
import relay.http.testing.HttpAnswer;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.TestAccounts;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** One relay with accounts, and sockets that say what the dialect's documents show. */
class TermonmacRelayIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.subscription.welcome-credits", 0)
          .with(RelayUnderTest.SILENCE, "10m");

  private static final TestAccounts ACCOUNTS =
      new TestAccounts(() -> RELAY.node().opsAddress().getPort());
  private static final AccountCalls CALLS = new AccountCalls(RELAY::port);

  private static TestAccount account(String name) {
    return ACCOUNTS.create(name + "@example.org");
  }

  private static TestPeer mac(String room, TestAccount account) {
    return Wire.mac(RELAY.port(), room, account.apiKey());
  }

  private static TestPeer phone(String room, TestAccount account) {
    return Wire.phone(RELAY.port(), room, account.apiKey());
  }

  @Test
  void aMacAndAPhoneTalkAsTheyWish() {
    TestAccount account = account("talk");
    try (TestPeer mac = mac("talk", account);
        TestPeer phone = phone("talk", account)) {
      Wire.meet(mac, phone);
      String batch = "{ \"payloads\":[\"AA\\/=\",\"é\"],\"type\" : \"relay_batch\" , \"x\":1}";
      mac.send(Wire.relay(1, 300)).send(batch);
      phone.expect(Wire.relay(1, 300)).expect(batch);
      phone.send(Wire.relay(2, 200)).send(Wire.HEARTBEAT);
      mac.expect(Wire.relay(2, 200));
      phone.expect(
          "{\"type\":\"heartbeat_ack\",\"mac_connected\":true,\"account_match\":\"match\"}");
      mac.sendBinary(Wire.relay(3, 100).getBytes(UTF_8));
      phone.expect(Wire.relay(3, 100));

      phone.sendClose(1000, "").expectClose(1000, "").expectEnd();
      mac.expect(Wire.gone("client_left")).send(Wire.relay(4, 100)).expect(Wire.NO_PEER);
      mac.send(Wire.HEARTBEAT).expect("{\"type\":\"heartbeat_ack\",\"mac_connected\":true}");
    }
  }

  @Test
  void aPhoneWaitsForItsMacAndHearsOfItAnewWhenItComesBack() {
    TestAccount account = account("wait");
    mac("wait", account).sendClose(1001, "").expectClose(1001, "").close();
    try (TestPeer phone = phone("wait", account)) {
      phone
          .send(Wire.HEARTBEAT)
          .expect(
              "{\"type\":\"heartbeat_ack\",\"mac_connected\":false,\"account_match\":\"match\"}");
      phone.send(Wire.relay(1, 50)).expect(Wire.NO_PEER);
      TestPeer mac = mac("wait", account);
      Wire.meet(mac, phone);
      mac.drop();
      phone.expect(Wire.gone("client_left"));
      try (TestPeer back = mac("wait", account)) {
        Wire.meet(back, phone);
      }
    }
  }

  @Test
  void anotherMacAndAnotherPhoneTakeTheSlots() {
    TestAccount account = account("slots");
    try (TestPeer first = mac("slots", account);
        TestPeer phone = phone("slots", account)) {
      Wire.meet(first, phone);
      try (TestPeer mac = mac("slots", account)) {
        first.expectClose(4001, "replaced by another connection").expectEnd();
        Wire.meet(mac, phone);
        try (TestPeer another =
            Wire.dial(RELAY.port(), "slots", "ios", account.apiKey()).connect()) {
          another.send(Wire.join("slots", "otherKey"));
          phone.expectClose(4001, "replaced by another device").expectEnd();
          another.expect(Wire.metMac("macEphemeral"));
          mac.expect(Wire.metPhone("otherKey"));
          mac.send(Wire.relay(1, 40));
          another.expect(Wire.relay(1, 40));
        }
        mac.expect(Wire.gone("client_left"));
      }
    }
  }

  @Test
  void aRotatedSecretCountsFromThenOn() {
    TestAccount account = account("rotate");
    try (TestPeer mac = mac("rotate", account);
        TestPeer phone = phone("rotate", account)) {
      Wire.meet(mac, phone);
      mac.send(Wire.register("rotate", "0".repeat(64), "")).expect(Wire.registered("rotate"));
      mac.expectNothingMore();
      phone.expectNothingMore();
      try (TestPeer late = phone("rotate", account)) {
        late.expect(
            "{\"type\":\"error\",\"code\":\"AUTH_FAILED\","
                + "\"message\":\"Neither room secret nor pairing token is right\"}");
        late.expectClose(4003, "authentication failed").expectEnd();
      }
    }
  }

  @Test
  void aMacOfAnotherAccountWithAnotherSecretIsRefusedAndStaysConnected() {
    TestAccount owner = account("owner");
    TestAccount stranger = account("stranger");
    try (TestPeer _ = mac("owned", owner);
        TestPeer other = Wire.dial(RELAY.port(), "owned", "mac", stranger.apiKey()).connect();
        TestPeer phone = phone("owned", stranger)) {
      other.send(Wire.register("owned", "1".repeat(64), "e"));
      other.expect(
          "{\"type\":\"error\",\"code\":\"AUTH_FAILED\",\"message\":\"Room secret mismatch\"}");
      other.send(Wire.register("owned", Wire.SECRET, "e"));
      other.expect(
          "{\"type\":\"error\",\"code\":\"ACCOUNT_MISMATCH\","
              + "\"message\":\"This room is owned by a different account\","
              + "\"mac_email\":\"stranger@example.org\"}");
      other.send(Wire.HEARTBEAT).expect("{\"type\":\"heartbeat_ack\",\"mac_connected\":false}");
      phone.expect(
          "{\"type\":\"error\",\"code\":\"ACCOUNT_MISMATCH\","
              + "\"message\":\"This room is owned by a different account\","
              + "\"mac_email\":\"owner@example.org\",\"ios_email\":\"stranger@example.org\"}");
      phone.expectClose(4003, "account mismatch").expectEnd();
    }
  }

  @Test
  void refusalsBeforeTheUpgradeAreWholeResponses() {
    TestAccount account = account("refused");
    assertThat(refused("x", "rdkey_" + "0".repeat(32), 401))
        .isEqualTo("{\"error\":\"UNAUTHORIZED\"}");
    try (TestPeer bare = TestPeer.to(RELAY.port(), "/ws?room_id=x&role=mac").connect()) {
      bare.expectHttp(401);
    }
    for (int room = 0; room < 4; room++) {
      mac("refused-" + room, account).close();
    }
    assertThat(refused("refused-4", account.apiKey(), 403)).isEqualTo("{\"error\":\"ROOM_LIMIT\"}");
    mac("refused-0", account).close();
    try (TestPeer sly = Wire.dial(RELAY.port(), "refused-4", "ios", account.apiKey()).connect()) {
      sly.send(Wire.register("refused-4", Wire.SECRET, "e"));
      sly.expect("{\"type\":\"error\",\"code\":\"ROOM_LIMIT\",\"message\":\"Room limit reached\"}");
      sly.expectClose(1008, "room limit reached").expectEnd();
    }
    ACCOUNTS.delete(account);
    assertThat(refused("refused-0", account.apiKey(), 410))
        .isEqualTo("{\"error\":\"ACCOUNT_DELETED\"}");
  }

  private static String refused(String room, String apiKey, int status) {
    try (TestPeer peer = Wire.dial(RELAY.port(), room, "mac", apiKey).connect()) {
      HttpAnswer answer = peer.expectHttp(status).answer();
      assertThat(answer.header("content-length"))
          .contains(Integer.toString(answer.body().length()));
      assertThat(answer.header("connection")).contains("close");
      assertThat(answer.header("content-type")).contains("application/json");
      return answer.body();
    }
  }

  @Test
  void anAccountThatHasUsedItsCreditsIsToldOnEverySocketAndOnEveryNewOne() {
    TestAccount account = account("quota");
    ACCOUNTS.limit(account, 12);
    try (TestPeer mac = mac("quota", account);
        TestPeer phone = phone("quota", account);
        TestPeer idle = Wire.mac(RELAY.port(), "quota-idle", account.apiKey())) {
      Wire.meet(mac, phone);
      for (int frame = 0; frame < 12; frame++) {
        mac.send(Wire.relay(frame, 60));
        phone.expect(Wire.relay(frame, 60));
      }
      for (TestPeer each : Stream.of(mac, phone, idle).toList()) {
        assertThat(textBehindAPeersEnd(each))
            .startsWith("{\"type\":\"quota_exceeded\",\"usage\":12,\"limit\":12,\"period\":\"5h-");
        each.expectClose(4029, "quota exceeded").expectEnd();
      }
    }
    try (TestPeer late = Wire.dial(RELAY.port(), "quota", "mac", account.apiKey()).connect()) {
      assertThat(late.expectHttp(101).expectText()).contains("quota_exceeded");
      late.expectClose(4029, "quota exceeded").expectEnd();
    }
    ACCOUNTS.grant(account, "pro");
    ACCOUNTS.limit(account, 100);
    mac("quota", account).close();
  }

  /** Its peer may have been told of the same and closed a moment before. */
  private static String textBehindAPeersEnd(TestPeer peer) {
    String text = peer.expectText();
    return text.equals(Wire.gone("client_left")) ? peer.expectText() : text;
  }

  @Test
  void signingOutClosesTheSocketsOfThatSignIn() {
    TestAccount account = account("signout");
    try (TestPeer mac = mac("signout", account)) {
      assertThat(CALLS.post("/auth/revoke", account.apiKey()).status()).isEqualTo(200);
      mac.expectClose(4003, "signed out").expectEnd();
    }
    assertThat(refused("signout", account.apiKey(), 401)).contains("UNAUTHORIZED");
  }

  @Test
  void aDeletedAccountIsMentionedInHeartbeats() {
    TestAccount account = account("deleted");
    try (TestPeer mac = mac("deleted", account)) {
      ACCOUNTS.delete(account);
      String ack = "{\"type\":\"heartbeat_ack\",\"mac_connected\":true,\"account_deleted\":true}";
      Eventually.eventually(() -> assertThat(mac.send(Wire.HEARTBEAT).expectText()).isEqualTo(ack));
    }
  }

  @Test
  void longMessagesArriveAndLongerOnesAreRefused() {
    TestAccount account = account("long");
    try (TestPeer mac =
            Wire.dial(RELAY.port(), "long", "mac", account.apiKey())
                .patience(Duration.ofSeconds(30))
                .connect();
        TestPeer phone = phone("long", account)) {
      assertThat(phone.expectText()).as("there is no room yet").contains("ROOM_NOT_FOUND");
      mac.send(Wire.register("long", Wire.SECRET, "macEphemeral")).expect(Wire.registered("long"));
      try (TestPeer again = phone("long", account)) {
        Wire.meet(mac, again);
        String longest = Wire.relay(7, 8_388_608);
        mac.send(longest);
        expectLong(again, longest);
        String longestToMac = Wire.relay(9, 1_048_576);
        again.send(longestToMac).send(Wire.relay(9, 1_048_577));
        expectLong(mac, longestToMac);
        again.expect(
            "{\"type\":\"error\",\"code\":\"MESSAGE_TOO_LARGE\","
                + "\"message\":\"Message too large for the peer\"}");
        mac.expectNothingMore();
        var _ = mac.sendLater(ClientFrames.frames().text(Wire.relay(7, 8_388_609)).bytes());
        mac.expectClose(1009, "message too big");
      }
    }
  }

  /** Says of another message no more than how it begins. */
  private static void expectLong(TestPeer peer, String text) {
    String heard = peer.expectText();
    assertThat(heard.equals(text))
        .as(heard.length() + " characters: " + heard.substring(0, Math.min(200, heard.length())))
        .isTrue();
  }

  @Test
  void aSlowPhoneMakesItsMacWaitAndLosesNothing() throws InterruptedException {
    TestAccount account = account("slow");
    ACCOUNTS.limit(account, 100_000);
    int frames = 600;
    try (TestPeer mac = mac("slow", account);
        TestPeer phone =
            Wire.dial(RELAY.port(), "slow", "ios", account.apiKey())
                .receiveBuffer(4096)
                .patience(Duration.ofSeconds(30))
                .connect()
                .expectHttp(101)) {
      phone.send(Wire.join("slow", "iosKey"));
      Wire.meet(mac, phone);
      phone.stopReading();
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int frame = 0; frame < frames; frame++) {
                  var _ =
                      mac.sendLater(ClientFrames.frames().text(Wire.relay(frame, 75_000)).bytes())
                          .join();
                }
              });
      awaitPause();
      phone.readAgain();
      for (int frame = 0; frame < frames; frame++) {
        assertThat(phone.expectText().equals(Wire.relay(frame, 75_000))).as("%d", frame).isTrue();
      }
      sender.join();
      mac.send(Wire.HEARTBEAT).expect("{\"type\":\"heartbeat_ack\",\"mac_connected\":true}");
    }
  }

  private static void awaitPause() {
    Eventually.eventually(
        () ->
            assertThat(RELAY.ops("/metrics"))
                .doesNotContain("relay_pauses_total{dialect=\"termonmac\"} 0"));
  }

  @Test
  void operatorsSeeTheSocketsWithTheirRoles() {
    TestAccount account = account("seen");
    try (TestPeer mac = mac("seen", account);
        TestPeer phone = phone("seen", account)) {
      Wire.meet(mac, phone);
      assertThat(RELAY.ops("/relay/rooms/termonmac/seen"))
          .contains("\"owner\":\"" + account.userId() + "\"")
          .contains("\"agent\":{", "\"frames_in\":");
      assertThat(RELAY.ops("/metrics"))
          .contains("relay_sockets{dialect=\"termonmac\",role=\"agent\"}")
          .contains("relay_termonmac_upgrades_total{outcome=\"accepted\"}");
    }
  }
}
