package relay.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.cluster.Room.closeDirective;
import static relay.http.cluster.Room.closeNotice;
import static relay.http.cluster.Room.fromPhone;
import static relay.http.cluster.Room.toPhone;
import static relay.http.testing.Eventually.eventually;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.RelayCluster;
import relay.http.testing.TestPeer;
import relay.persistence.EmbeddedPostgresExtension;

/** Two relays that are one: binaries and phones meet wherever each of them is connected. */
class ClusterIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final int PHONES = 3;
  private static final int LONGEST = 262_144;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RelayCluster cluster;
  private static RelayCluster.Member one;
  private static RelayCluster.Member two;

  @BeforeAll
  static void start() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with("relay.pyrycode.max-phones", PHONES)
            .with("relay.pyrycode.probe-timeout", "5s")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "30s");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Server-ids with that many rooms, so that each node carries some of them. */
  private static List<String> serverIds(String prefix, int count) {
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      ids.add(prefix + "-" + number);
    }
    return ids;
  }

  private static int port(boolean isFirst) {
    return isFirst ? one.port() : two.port();
  }

  /** A JSON text of that length which says its number. */
  private static String frame(int number, int length) {
    String start = "{\"n\":" + number + ",\"pad\":\"";
    return start + "x".repeat(Math.max(0, length - start.length() - 2)) + "\"}";
  }

  private static int lengthOf(int number) {
    return switch (number % 500) {
      case 100 -> 100_000;
      case 300 -> 200_000;
      case 499 -> LONGEST - 100;
      default -> 20 + number % 700;
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void framesOfAPhoneReachABinaryOfAnotherNodeInOrder(boolean isBinaryOnFirst) throws Exception {
    int frames = 4000;
    try (Room room = Room.claim(one, port(isBinaryOnFirst), "up-" + isBinaryOnFirst)) {
      Room.Phone phone = room.join(port(!isBinaryOnFirst));
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int number = 0; number < frames; number++) {
                  phone.peer().send(frame(number, lengthOf(number)));
                }
                phone.peer().send(frame(frames, LONGEST));
              });
      for (int number = 0; number < frames; number++) {
        room.binary().expect(fromPhone(phone, frame(number, lengthOf(number))));
      }
      room.binary().expect(fromPhone(phone, frame(frames, LONGEST)));
      sender.join();
      room.talk(phone, "after");
    }
  }

  /** Never more under way than the phone's outbox holds, or a slow machine would overflow it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void framesOfABinaryReachPhonesOfAnotherNodeInOrder(boolean isBinaryOnFirst) {
    int frames = 4000;
    int atOnce = 500;
    try (Room room = Room.claim(one, port(isBinaryOnFirst), "down-" + isBinaryOnFirst)) {
      List<Room.Phone> phones =
          List.of(room.join(port(!isBinaryOnFirst)), room.join(port(isBinaryOnFirst)));
      for (int first = 0; first < frames; first += atOnce) {
        for (int number = first; number < first + atOnce; number++) {
          for (Room.Phone phone : phones) {
            room.binary().send(toPhone(phone, frame(number, lengthOf(number))));
          }
        }
        for (int number = first; number < first + atOnce; number++) {
          for (Room.Phone phone : phones) {
            phone.peer().expect(frame(number, lengthOf(number)));
          }
        }
      }
      phones.forEach(phone -> room.talk(phone, "after"));
    }
  }

  @Test
  void phonesOfAllNodesShareOneCap() {
    try (Room room = Room.claim(one, one.port(), "cap")) {
      Room.Phone first = room.join(one.port());
      Room.Phone second = room.join(two.port());
      room.join(two.port());
      for (RelayCluster.Member node : List.of(one, two)) {
        try (TestPeer refused = Room.dialPhone(node.port(), "cap")) {
          refused.expectClose(4429, "too many phones for server-id").expectEnd();
        }
      }
      for (var freed : List.of(first, second)) {
        int port = port(freed.equals(first));
        freed.peer().sendClose(1000, "").expectClose(1000, "").expectEnd();
        room.binary().expect(closeNotice(freed, 1000));
        room.talk(room.join(port), "in its place");
      }
      try (TestPeer refused = Room.dialPhone(one.port(), "cap")) {
        refused.expectClose(4429, "too many phones for server-id").expectEnd();
      }
    }
  }

  @Test
  void anIncumbentOfAnotherNodeThatAnswersKeepsItsServerId() {
    try (Room room = Room.claim(one, two.port(), "live");
        TestPeer newcomer = Room.dialBinary(one.port(), "live")) {
      newcomer.expectClose(4409, "server-id already claimed").expectEnd();
      room.talk(room.join(one.port()), "still here");
    }
  }

  @Test
  void anIncumbentOfAnotherNodeThatDoesNotAnswerIsTakenOver() {
    for (boolean isFrozenOnFirst : List.of(true, false)) {
      String serverId = "frozen-" + isFrozenOnFirst;
      try (Room room = Room.claim(one, port(isFrozenOnFirst), serverId)) {
        Room.Phone near = room.join(one.port());
        Room.Phone far = room.join(two.port());
        room.binary().ignorePings();

        try (Room next = Room.claim(one, port(!isFrozenOnFirst), serverId)) {
          room.binary().expectClose(1011, "heartbeat timeout").expectEnd();
          near.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
          far.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
          next.talk(next.join(port(isFrozenOnFirst)), "taken over");
          next.binary().expectNothingMore();
        }
      }
    }
  }

  @Test
  void aCloseDirectiveReachesAPhoneOfAnotherNodeBehindItsLastFrame() {
    try (Room room = Room.claim(one, one.port(), "directive")) {
      Room.Phone phone = room.join(two.port());
      room.binary()
          .send(toPhone(phone, "{\"n\":1}"))
          .send(closeDirective(phone, "{\"n\":2}", 4401))
          .send(toPhone(phone, "{\"n\":3}"));

      phone.peer().expect("{\"n\":1}").expect("{\"n\":2}").expectClose(4401, "").expectEnd();
      room.talk(room.join(two.port()), "no notice before this");
    }
  }

  @Test
  void aBinaryIsToldOfThePhonesOfAnotherNodeThatEndBehindTheirLastFrame() {
    try (Room room = Room.claim(one, two.port(), "notice")) {
      Room.Phone polite = room.join(one.port());
      polite.peer().send("\"last\"").sendClose(4321, "bye");
      room.binary().expect(fromPhone(polite, "\"last\"")).expect(closeNotice(polite, 4321));

      Room.Phone dropped = room.join(one.port());
      dropped.peer().drop();
      room.binary().expect(closeNotice(dropped, 1001)).expectNothingMore();
    }
  }

  @Test
  void aBinaryThatComesBackOnAnotherNodeEvictsThePhonesOfAllNodes() {
    for (boolean isFirst : List.of(true, false)) {
      String serverId = "reclaim-" + isFirst;
      try (Room room = Room.claim(one, port(isFirst), serverId)) {
        Room.Phone near = room.join(one.port());
        Room.Phone far = room.join(two.port());
        room.binary().sendClose(1000, "").expectClose(1000, "").expectEnd();

        try (Room next = Room.claim(one, port(!isFirst), serverId)) {
          near.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
          far.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
          next.talk(next.join(port(isFirst)), "reclaimed");
          next.binary().expectNothingMore();
        }
      }
    }
  }

  @Test
  void aPhoneOfAnotherNodeThatSpeaksDuringGraceIsClosed() {
    try (Room room = Room.claim(one, one.port(), "grace")) {
      Room.Phone phone = room.join(two.port());
      room.binary().sendClose(1000, "").expectClose(1000, "").expectEnd();
      Room.awaitDescription(one, "grace", "\"grace_until\":\"");
      TestPeer latecomer = Room.dialPhone(two.port(), "grace");
      latecomer.send("1").expectClose(1000, "").expectEnd();
      // What it was told, the other phone of its node was told before.
      phone.peer().send("1").expectClose(1000, "").expectEnd();
    }
  }

  @Test
  void operatorsSeeTheSocketsOfBothNodesFromEither() {
    try (Room room = Room.claim(one, one.port(), "seen");
        Room other = Room.claim(one, two.port(), "seen-too")) {
      Room.Phone phone = room.join(two.port());
      other.join(two.port());
      room.talk(phone, "some traffic");

      // What a socket has sent is counted behind it, and an edge is known to others a little later.
      for (RelayCluster.Member asked : List.of(one, two)) {
        eventually(() -> assertSeen(asked, phone));
      }
    }
  }

  private static void assertSeen(RelayCluster.Member asked, Room.Phone phone) {
    JsonNode seen = read(asked, "/relay/rooms/pyrycode/seen");
    assertThat(seen.at("/agent/node").asText()).endsWith("@" + one.name());
    assertThat(seen.at("/agent/traffic/frames_in").asInt()).isEqualTo(1);
    assertThat(seen.at("/phones/0/node").asText()).endsWith("@" + two.name());
    assertThat(seen.at("/phones/0/connection").asText()).isEqualTo(phone.connId());
    assertThat(seen.at("/phones/0/traffic/frames_in").asInt()).isEqualTo(2);
    assertThat(seen.at("/phones/0/traffic/bytes_out").asInt()).isPositive();
    assertThat(roomsOn(asked, "?node=" + one.name())).contains("seen").doesNotContain("seen-too");
    assertThat(roomsOn(asked, "?node=" + two.name())).contains("seen", "seen-too");
    assertThat(roomsOn(asked, "?limit=1000")).contains("seen", "seen-too");
  }

  private static List<String> roomsOn(RelayCluster.Member asked, String query) {
    return read(asked, "/relay/rooms" + query).at("/rooms").findValuesAsText("id");
  }

  private static JsonNode read(RelayCluster.Member asked, String path) {
    try {
      return JSON.readTree(asked.ops(path));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON from " + path, e);
    }
  }

  @Test
  void aNodeThatStopsCostsOnlyItsOwnSocketsAConnection() {
    RelayCluster.Member three = cluster.start();
    List<Room> staying = new ArrayList<>();
    List<Room.Phone> phones = new ArrayList<>();
    try (Room moving = Room.claim(one, three.port(), "moving")) {
      Room.Phone waiting = moving.join(one.port());
      for (String serverId : serverIds("staying", 12)) {
        Room room = Room.claim(one, one.port(), serverId);
        staying.add(room);
        phones.add(room.join(two.port()));
      }
      Room.Phone leaving = staying.getFirst().join(three.port());

      three.stop();

      moving.binary().expectClose(1001, "shutting down").expectEnd();
      leaving.peer().expectClose(1001, "shutting down").expectEnd();
      staying.getFirst().binary().expect(closeNotice(leaving, 1001));
      try (Room next = Room.claim(one, two.port(), "moving")) {
        waiting.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
        next.talk(next.join(one.port()), "moved");
      }
      for (int i = 0; i < staying.size(); i++) {
        staying.get(i).talk(phones.get(i), "unnoticed");
        staying.get(i).talk(staying.get(i).join(one.port()), "newly come");
      }
    } finally {
      staying.forEach(Room::close);
    }
  }
}
