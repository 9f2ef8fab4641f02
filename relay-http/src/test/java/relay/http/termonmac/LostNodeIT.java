package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.endtoend.PhoneMemory;
import relay.core.endtoend.TrustedDevice;
import relay.http.testing.DoomedNode;
import relay.http.testing.Eventually;
import relay.http.testing.RelayCluster;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.Peer;
import relay.http.testing.termonmac.RealTime;
import relay.http.testing.termonmac.ServerMessage.PeerDisconnected;
import relay.http.testing.termonmac.ServerMessage.PeerJoined;
import relay.persistence.EmbeddedPostgresExtension;

/**
 * One of three nodes is killed, with the signal nobody can answer: the one that carries the oldest
 * rooms, accounts and subscriptions, and the sockets of some. One loss for all of it, since a
 * cluster takes its time to be sure of one; the clients live through it in real time.
 */
class LostNodeIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  /** Within the lease a socket holds, since its subscription may be lost too. */
  private static final int FRAMES = 40;

  /** More than a lease, so that nobody goes on without a subscription. */
  private static final int LATER_FRAMES = 300;

  private static final RealTime TIME = new RealTime();
  private static final List<Meeting> MEETINGS = new ArrayList<>();
  private static final List<Meeting> DESERTED = new ArrayList<>();

  private static RelayCluster cluster;
  private static RelayCluster.Member edge;
  private static RelayCluster.Member heir;
  private static DoomedNode doomed;
  private static volatile boolean isLost;

  /** Where a client is connected. */
  private enum Place {
    DOOMED,
    ELSEWHERE;

    int port() {
      return switch (this) {
        case DOOMED -> isLost ? heir.port() : doomed.port();
        case ELSEWHERE -> edge.port();
      };
    }
  }

  /** A couple, and what its two knew of each other before the loss. */
  private record Meeting(
      Place mac, Place phone, Couple couple, List<String> devices, PhoneMemory ofPhone) {

    boolean isParted() {
      return mac == Place.DOOMED || phone == Place.DOOMED;
    }

    Stream<Peer> both() {
      return Stream.of(couple.mac(), couple.phone());
    }

    Peer disconnected() {
      return mac == Place.DOOMED ? couple.mac() : couple.phone();
    }

    Peer leftAlone() {
      return mac == Place.DOOMED ? couple.phone() : couple.mac();
    }

    JsonNode asked(String path) {
      return new AccountCalls(edge::port).get(path, couple.account().apiKey()).body();
    }

    /** In all windows, since one may end meanwhile. */
    long charged() {
      long sum = 0;
      for (JsonNode window : asked("/usage/history").path("history")) {
        sum += window.path("message_tokens").asLong();
      }
      return sum;
    }

    void awaitCharged() {
      couple.mac().await("a charge for each message", this::isEachChargedOnce);
    }

    /** Whoever has just lost its peer sends messages that nobody takes, which cost nothing. */
    private boolean isEachChargedOnce() {
      int arrived = both().mapToInt(Peer::arrived).sum();
      long charged = charged();
      int sent = both().mapToInt(Peer::relayed).sum();
      return arrived <= charged && charged <= sent;
    }
  }

  @BeforeAll
  static void loseANode() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with(RelayUnderTest.BONUS, 0)
            .with("relay.limits.reads-per-account", "off")
            // What has been spent is reported at once, so that a charge is seen before the kill.
            .with(RelayUnderTest.FLUSH, "1ms")
            .with("pekko.cluster.sharding.rebalance-interval", "10m");
    edge = cluster.with("relay.node.roles", "edge").start();
    doomed = cluster.with("relay.node.roles", "edge, room").startProcess();
    awaitAccounts();
    meetEverywhere();
    heir = cluster.start();
    meetEverywhere();
    MEETINGS.forEach(Meeting::awaitCharged);

    DESERTED.forEach(it -> it.disconnected().moveTo(doomed::port));
    doomed.kill();
    isLost = true;
    DESERTED.forEach(it -> it.disconnected().drop());
    speakThroughIt();
    MEETINGS.stream().filter(Meeting::isParted).forEach(LostNodeIT::awaitReunion);
  }

  @AfterAll
  static void stop() {
    try {
      Stream.of(MEETINGS, DESERTED).flatMap(List::stream).forEach(it -> it.couple().close());
    } finally {
      TIME.close();
      doomed.close();
      cluster.close();
    }
  }

  /** The first is made once the node that carries all of them has begun to. */
  private static void awaitAccounts() {
    RelayUnderTest relay = new RelayUnderTest(edge::port, edge::port, edge::opsPort);
    Eventually.eventually(() -> assertThat(relay.newAccount().apiKey()).isNotEmpty());
  }

  /** As long as two nodes are all there are, the doomed one carries every room. */
  private static void meetEverywhere() {
    for (Place mac : Place.values()) {
      for (Place phone : Place.values()) {
        MEETINGS.add(meet(mac, phone));
      }
    }
    DESERTED.add(meet(Place.DOOMED, Place.ELSEWHERE));
    DESERTED.add(meet(Place.ELSEWHERE, Place.DOOMED));
  }

  private static Meeting meet(Place mac, Place phone) {
    RelayUnderTest relay = new RelayUnderTest(mac::port, phone::port, edge::opsPort);
    Couple couple = Couple.of(relay);
    TIME.passFor(couple.mac());
    TIME.passFor(couple.phone());
    couple.talk("before");
    couple.forgetPast();
    return new Meeting(mac, phone, couple, devices(couple), couple.phone().memory());
  }

  private static List<String> devices(Couple couple) {
    return couple.mac().memory().devices().devices().stream()
        .map(TrustedDevice::publicKey)
        .toList();
  }

  private static void speakThroughIt() {
    MEETINGS.stream().filter(it -> !it.isParted()).forEach(it -> speak(it, FRAMES));
  }

  private static void speak(Meeting meeting, int frames) {
    for (int i = 0; i < frames; i++) {
      meeting.couple().phone().type("{\"type\":\"pty_input\",\"data\":\"frame " + i + "\"}");
    }
  }

  private static void awaitReunion(Meeting meeting) {
    meeting.both().forEach(peer -> assertThat(peer.expect(PeerJoined.class)).isNotNull());
    meeting.couple().awaitTogether();
    meeting.couple().talk("after");
  }

  @Test
  void whoeverLostItsConnectionOrItsPeerStaysTogetherOnceItIs() {
    for (Meeting meeting : MEETINGS) {
      if (meeting.isParted()) {
        meeting.couple().awaitTogether();
        meeting.couple().talk("later");
      }
    }
  }

  @Test
  void whoeverLostOnlyItsRoomNoticesNothing() {
    for (Meeting meeting : MEETINGS) {
      if (!meeting.isParted()) {
        Couple couple = meeting.couple();
        hearAll(couple, 1 + FRAMES);
        speak(meeting, LATER_FRAMES);
        hearAll(couple, 1 + FRAMES + LATER_FRAMES);
        meeting.both().forEach(peer -> assertThat(peer.connections()).isEqualTo(1));
        couple.talk("after");
      }
    }
  }

  private static void hearAll(Couple couple, int frames) {
    couple.mac().await("all frames", () -> couple.mac().typed().size() >= frames);
    assertThat(couple.mac().typed()).hasSize(frames).last().asString().contains("frame");
  }

  @Test
  void whoeverIsLeftAloneIsToldSo() {
    for (Meeting meeting : DESERTED) {
      assertThat(meeting.leftAlone().expect(PeerDisconnected.class).reason()).isEqualTo("timeout");
    }
  }

  @Test
  void nobodyIsToldThatItsSecretOrItsKeyIsWrong() {
    for (Meeting meeting : MEETINGS) {
      meeting
          .both()
          .forEach(
              peer ->
                  assertThat(peer.past())
                      .doesNotContain("AUTH_FAILED", "Refused[status=401", "Closed[code=4003"));
    }
  }

  @Test
  void nobodyPairsAnew() {
    for (Meeting meeting : MEETINGS) {
      PhoneMemory ofPhone = meeting.couple().phone().memory();
      assertThat(devices(meeting.couple())).isEqualTo(meeting.devices());
      assertThat(ofPhone.macKey()).isEqualTo(meeting.ofPhone().macKey());
      assertThat(meeting.ofPhone().secrets()).containsAll(ofPhone.secrets());
      assertThat(meeting.couple().phone().refusals()).isEmpty();
      assertThat(meeting.couple().mac().refusals()).isEmpty();
    }
  }

  @Test
  void everyMessageIsChargedOnce() {
    MEETINGS.forEach(Meeting::awaitCharged);
  }

  @Test
  void everyRoomIsStillItsAccountsAndHasBothSides() {
    for (Meeting meeting : MEETINGS) {
      Eventually.eventually(
          () -> {
            JsonNode rooms = meeting.asked("/api/rooms").path("rooms");
            assertThat(rooms).hasSize(1);
            assertThat(rooms.path(0).path("mac_connected").asBoolean()).isTrue();
            assertThat(rooms.path(0).path("ios_connected").asBoolean()).isTrue();
          });
    }
  }
}
