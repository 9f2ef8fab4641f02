package relay.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import relay.http.testing.ClientFrames;
import relay.http.testing.Crowd;
import relay.http.testing.CrowdMember;
import relay.http.testing.CrowdRoom;
import relay.http.testing.RelayServerExtension;

/** As many sockets as the process may have, up to 10,000, go at once and come back at once. */
class MassCloseIT {
  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();
  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_SOCKETS = 10_000;
  private static final int SPARE_DESCRIPTORS = 500;
  private static final int PHONES = 3;

  @Test
  void everybodyLeavesAndComesBackAtOnce() throws IOException {
    int count = sockets() / (1 + PHONES);
    try (LogText troubles = new LogText(Logger.ROOT_LOGGER_NAME, Level.WARN)) {
      try (Crowd crowd = new Crowd(RELAY.port())) {
        List<CrowdRoom> rooms = rooms(crowd, count);
        for (CrowdRoom room : rooms) {
          room.joinBinary();
        }
        crowd.await("the binaries", PATIENCE, () -> rooms.stream().allMatch(CrowdRoom::hasBinary));
        for (CrowdRoom room : rooms) {
          room.joinPhones();
        }
        awaitAll(crowd, rooms);
        leave(crowd.members());
      }
      try (Crowd crowd = new Crowd(RELAY.port())) {
        List<CrowdRoom> rooms = rooms(crowd, count);
        Collections.shuffle(rooms, new Random(7));
        for (CrowdRoom room : rooms) {
          room.joinPhones();
          room.joinBinary();
        }
        awaitAll(crowd, rooms);
      }
      assertThat(troubles.entries()).isEmpty();
    }
  }

  private static List<CrowdRoom> rooms(Crowd crowd, int count) {
    List<CrowdRoom> rooms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rooms.add(new CrowdRoom(crowd, RELAY.port(), "mass " + i, PHONES));
    }
    return rooms;
  }

  private static void awaitAll(Crowd crowd, List<CrowdRoom> rooms) throws IOException {
    List<CrowdRoom> waiting = new ArrayList<>(rooms);
    crowd.await(
        "an answer to every phone",
        PATIENCE,
        () -> {
          List<CrowdRoom> unsettled = new ArrayList<>();
          for (CrowdRoom room : waiting) {
            if (!room.isSettled()) {
              unsettled.add(room);
            }
          }
          waiting.clear();
          waiting.addAll(unsettled);
          return waiting.isEmpty();
        });
  }

  /** Some politely, some without a close frame, some by a reset. */
  private static void leave(List<CrowdMember> everybody) throws IOException {
    List<CrowdMember> members = everybody.stream().filter(CrowdMember::isIn).toList();
    byte[] goodbye = ClientFrames.frames().close(1000, "").bytes();
    for (int i = 0; i < members.size(); i++) {
      switch (i % 3) {
        case 0 -> members.get(i).send(goodbye);
        case 1 -> members.get(i).leave();
        default -> members.get(i).reset();
      }
    }
    for (CrowdMember member : members) {
      member.leave();
    }
  }

  /** Each takes three descriptors: both its ends are here, and it may be back before it is gone. */
  private static int sockets() {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    return (int) Math.min(MOST_SOCKETS, (free - SPARE_DESCRIPTORS) / 3);
  }
}
