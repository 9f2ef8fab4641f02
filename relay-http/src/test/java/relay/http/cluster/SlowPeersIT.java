package relay.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.cluster.Room.closeNotice;
import static relay.http.cluster.Room.fromPhone;
import static relay.http.cluster.Room.toPhone;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayCluster;
import relay.persistence.EmbeddedPostgresExtension;

/** Peers that do not read, and those of other nodes that send to them or share their link. */
class SlowPeersIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final String PAUSES = "relay_pauses_total{dialect=\"pyrycode\"} ";
  private static final Pattern MOVED = Pattern.compile(Pattern.quote(PAUSES) + "[1-9]");
  private static final String FILLER = "x".repeat(100_000);
  private static final int MORE_THAN_ALL_BUFFERS = 400;

  private static RelayCluster cluster;
  private static RelayCluster.Member one;
  private static RelayCluster.Member two;

  @BeforeAll
  static void start() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with("relay.pyrycode.write-timeout", "2m")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "30s");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String frame(int number) {
    return "\"" + number + FILLER + "\"";
  }

  @Test
  void aBinaryThatDoesNotReadMakesAPhoneOfAnotherNodeWaitAndLosesNothing() throws Exception {
    try (Room room = Room.claim(one, one.port(), "slow-binary");
        Room other = Room.claim(one, one.port(), "beside-it")) {
      Room.Phone phone = room.join(two.port());
      Room.Phone beside = other.join(two.port());
      room.binary().stopReading();
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int number = 0; number < MORE_THAN_ALL_BUFFERS; number++) {
                  phone.peer().send(frame(number));
                }
              });
      awaitPause(two);

      other.talk(beside, "over the same link");
      room.binary().readAgain();
      for (int number = 0; number < MORE_THAN_ALL_BUFFERS; number++) {
        room.binary().expect(fromPhone(phone, frame(number)));
      }
      sender.join();
      room.talk(phone, "as before");
    }
  }

  @Test
  void aPhoneOfAnotherNodeThatDoesNotReadIsClosedAndItsSiblingsHearEverything() {
    try (Room room = Room.claim(one, one.port(), "slow-phone")) {
      Room.Phone slow = room.join(two.port());
      Room.Phone sibling = room.join(two.port());
      slow.peer().stopReading();

      for (int number = 0; number < MORE_THAN_ALL_BUFFERS; number++) {
        room.binary().send(toPhone(slow, frame(number)));
        room.binary().send(toPhone(sibling, "{\"n\":" + number + "}"));
        sibling.peer().expect("{\"n\":" + number + "}");
      }

      slow.peer().readAgain();
      room.binary().expect(closeNotice(slow, 1011));
      room.talk(sibling, "as before");
    }
  }

  /** Its node reads a phone no further than its binary's node has room. */
  private static void awaitPause(RelayCluster.Member node) {
    long deadline = System.nanoTime() + Room.PATIENCE.toNanos();
    while (!MOVED.matcher(node.ops("/metrics")).find()) {
      assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
    }
  }
}
