package relay.http.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** Headers that try to be somebody else's room, another log line, or too much. */
class HostileHeadersIT {
  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();
  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  private static final String FORGED = "time=2026-01-01T00:00:00Z level=ERROR msg=forged";

  @Test
  void everyByteMakesARoomOfItsOwn() {
    talkInAll(
        IntStream.concat(IntStream.rangeClosed(0x21, 0x7E), IntStream.rangeClosed(0x80, 0xFF))
            .mapToObj(each -> "byte " + (char) each + " !")
            .toList());
  }

  @Test
  void idsThatLookAlikeAreDifferentRooms() {
    talkInAll(
        List.of(
            "room",
            "Room",
            "ROOM",
            "r%6Fom",
            "r%6fom",
            "r%256Fom",
            "room/",
            "/room",
            "room//",
            "room|",
            "|room",
            "room%7C",
            "room%2F",
            "..",
            "../room",
            ".",
            "room.",
            "ro\u00F6m",
            latin1("ro\u00F6m"),
            latin1("roo\u0308m"),
            latin1("r\u043E\u043Em"),
            "ro om",
            "ro  om",
            "ro\tom",
            "'room'",
            "\"room\"",
            "\"",
            "\\",
            "room\\u0000",
            "room%00",
            "null",
            "{}",
            "ro+om",
            "room;a=b",
            "room?",
            "room#",
            "room\u00A0",
            "room\u00AD",
            "%",
            "%u006F",
            "*"));
  }

  @Test
  void longIdsThatDifferInOneByteAreDifferentRooms() {
    String many = "x".repeat(8 * 1024 - 1);
    String odd = "\u00FF".repeat(8 * 1024 - 1);
    talkInAll(List.of(many + "a", many + "b", many, odd + "a", odd + "b", "%".repeat(250)));
  }

  @Test
  void anIdBeyondTheRequestHeadIsRefused() {
    try (TestPeer peer =
        TestPeer.dialBinary(RELAY.port(), "x".repeat(33 * 1024)).connect().expectHttp(431)) {
      assertThat(peer.answer().header("connection")).hasValue("close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\rb", "a\nb", "a\nX-Pyrycode-Version: 2", "a\u0000b", "a\u0001", "\u007Fb"})
  void whatEndsOrHidesAHeaderIsRefused(String serverId) {
    try (TestPeer binary = TestPeer.dialBinary(RELAY.port(), serverId).connect()) {
      binary.expectHttp(400);
    }
    try (TestPeer phone =
        TestPeer.dialPhone(RELAY.port(), "home")
            .header("x-pyrycode-device-name", serverId)
            .connect()) {
      phone.expectHttp(400);
    }
  }

  @Test
  void blankIdsAreRefused() {
    for (String blank : List.of("", " ", "\t \t")) {
      try (TestPeer peer = TestPeer.dialBinary(RELAY.port(), blank).connect()) {
        peer.expectHttp(400);
      }
    }
  }

  @Test
  void noHeaderForgesALogLine() {
    try (LogText log = new LogText("relay", Level.INFO)) {
      List<String> hostile =
          List.of(
              "a " + FORGED,
              "a\" " + FORGED,
              "a\\\" " + FORGED,
              "a\\n" + FORGED,
              "a%0d%0a" + FORGED,
              "a\u0085" + FORGED,
              latin1("a\u0085" + FORGED),
              latin1("a\u2028" + FORGED),
              latin1("a\u2029" + FORGED),
              latin1("a\u202E" + FORGED),
              "a\t" + FORGED,
              "a\u001B[2K".replace("\u001B", latin1("\u009B")) + FORGED);
      for (String each : hostile) {
        TestDial binary = TestPeer.dialBinary(RELAY.port(), each);
        TestDial phone = TestPeer.dialPhone(RELAY.port(), each);
        binary.header("x-pyrycode-version", each);
        phone.header("x-pyrycode-device-name", each);
        phone.header("x-pyrycode-token", "secret " + each);
        try (OddRoom room =
            new OddRoom(each, binary.connect().expectHttp(101), phone.connect().expectHttp(101))) {
          room.talk(1);
          room.binary().send("{\"conn_id\":\"" + "a\\n" + FORGED + "\",\"frame\":1}");
          room.binary().expectNothingMore();
        }
      }
      assertThat(log.count("server_claimed")).isEqualTo(hostile.size());
      assertThat(log.count("phone_registered")).isEqualTo(hostile.size());
      assertThat(log.count("binary_forwarder_unknown_conn_id")).isEqualTo(hostile.size());
      assertThat(log.entries()).allMatch(LogText::isOneLine).noneMatch(it -> it.contains("secret"));
      assertThat(log.entries())
          .allSatisfy(
              line ->
                  assertThat(LogText.names(line))
                      .startsWith("time", "level", "msg")
                      .doesNotHaveDuplicates());
    }
  }

  @Test
  void operatorsListAndReachEveryRoom() throws Exception {
    List<String> ids =
        List.of(
            "ops a/b|c%2F\"d\" e\\",
            "ops \u00E9",
            "ops " + latin1("\u65E5\u672C"),
            "ops ?x=1#y",
            "ops ../..",
            "ops " + "y".repeat(8 * 1024),
            "ops " + "\u00FE".repeat(300));
    List<OddRoom> rooms = new ArrayList<>();
    try {
      ids.forEach(id -> rooms.add(OddRoom.open(RELAY.port(), id)));
      IntStream.range(0, rooms.size()).forEach(i -> rooms.get(i).talk(i));
      RoomsApi ops = new RoomsApi(RELAY);
      List<RoomsApi.Row> listed =
          ops.list(3).stream().filter(it -> ops.hasPhoneOf(it, ids)).toList();
      assertThat(listed).hasSize(ids.size());
      assertThat(listed.stream().map(RoomsApi.Row::id))
          .containsAll(ids.subList(0, 5))
          .filteredOn(it -> it.startsWith("sha256:"))
          .hasSize(2);
      assertThat(listed)
          .allSatisfy(
              row -> {
                assertThat(row.agents()).as(row.id()).isEqualTo(1);
                assertThat(row.phones()).as(row.id()).isEqualTo(1);
                assertThat(ops.kindsOf(row.id())).contains("agent_attached", "phone_attached");
                assertThat(ops.room(row.id()).at("/agent/traffic/frames_out").asInt())
                    .as(row.id())
                    .isEqualTo(1);
              });
      ops.forget(ids.getFirst());
      rooms.getFirst().binary().expectClose(1001, "room removed");
      rooms.getFirst().phone().expectClose(1001, "room removed");
    } finally {
      rooms.forEach(OddRoom::close);
    }
  }

  /** All of them at once: an id that was taken for another's would be answered 4409. */
  private static void talkInAll(List<String> ids) {
    List<OddRoom> rooms = new ArrayList<>();
    try {
      ids.forEach(id -> rooms.add(OddRoom.open(RELAY.port(), id)));
      forEach(rooms, i -> i);
      forEach(rooms, i -> 1000 + i);
      for (OddRoom room : rooms) {
        room.binary().expectNothingMore();
        room.phone().expectNothingMore();
      }
    } finally {
      rooms.forEach(OddRoom::close);
    }
  }

  private static void forEach(List<OddRoom> rooms, IntFunction<Integer> number) {
    for (int i = 0; i < rooms.size(); i++) {
      rooms.get(i).talk(number.apply(i));
    }
  }

  /** The bytes of UTF-8, one character each, as a header carries them. */
  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
