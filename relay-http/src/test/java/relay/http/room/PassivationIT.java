package relay.http.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** A room leaves memory while its sockets stay connected and keep talking, and forgets nothing. */
class PassivationIT {
  private static final String ID = "a-quiet-room";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ENTITIES = Pattern.compile("\"numEntities\":(\\d+)");
  private static final Pattern CONN_ID = Pattern.compile("\"conn_id\":\"([^\"]+)\"");

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.room.passivate-after", "300ms")
          .with("relay.pyrycode.max-phones", 2);

  @Test
  void aSleepingRoomsSocketsKeepTalkingAndItsSlotsAreKept() {
    try (TestPeer binary = TestPeer.binary(RELAY.port(), ID);
        TestPeer phone = TestPeer.phone(RELAY.port(), ID)) {
      String first = greet(phone, binary, "1");
      awaitSleep(phone, binary);
      // Not simply once: it may already have slept between its binary and its phone.
      long before = woken();
      assertThat(before).isPositive();

      try (TestPeer second = TestPeer.phone(RELAY.port(), ID)) {
        String secondId = greet(second, binary, "\"second\"");
        assertThat(woken()).isEqualTo(before + 1);
        TestPeer.phone(RELAY.port(), ID).expectClose(4429, "too many phones for server-id");
        TestPeer.binary(RELAY.port(), ID).expectClose(4409, "server-id already claimed");

        binary.send("{\"conn_id\":\"" + first + "\",\"frame\":\"to the first\"}");
        binary.send("{\"conn_id\":\"" + secondId + "\",\"frame\":\"to the second\"}");
        phone.expect("\"to the first\"");
        second.expect("\"to the second\"");
      }
    }
  }

  private static String greet(TestPeer phone, TestPeer binary, String frame) {
    phone.send(frame);
    String envelope = binary.expectText();
    assertThat(envelope).endsWith("\"frame\":" + frame + "}");
    Matcher connId = CONN_ID.matcher(envelope);
    assertThat(connId.find()).isTrue();
    return connId.group(1);
  }

  /** Frames flow all the time, and are no reason to stay awake. */
  private static void awaitSleep(TestPeer phone, TestPeer binary) {
    TestProbe.create(RELAY.node().system())
        .awaitAssert(
            PATIENCE,
            () -> {
              greet(phone, binary, "\"still here\"");
              assertThat(entities()).hasValue(0);
              return null;
            });
  }

  /** Empty where no shard has answered: what sleeps is not known then. */
  private static OptionalInt entities() {
    return ENTITIES
        .matcher(RELAY.ops("/cluster/shards/room"))
        .results()
        .mapToInt(shard -> Integer.parseInt(shard.group(1)))
        .reduce(Integer::sum);
  }

  private static long woken() {
    return (long)
        Double.parseDouble(
            RELAY
                .ops("/metrics")
                .lines()
                .filter(it -> it.startsWith("relay_rooms_woken_total{dialect=\"pyrycode\"}"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[1]);
  }
}
