package relay.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import relay.http.testing.ChildRelay;
import relay.http.testing.ClientFrames;
import relay.http.testing.Crowd;
import relay.http.testing.CrowdMember;
import relay.http.testing.CrowdRoom;

/**
 * 10,000 sockets, or as many as a process may have, go at once and come back at once. The relay is
 * a process of its own, so that each side has its own descriptors; no other runs beside it, since
 * this one does not wait. It comes last, when it need not wait for those.
 */
@Order(Integer.MAX_VALUE)
@ResourceLock("processes")
class MassCloseIT {
  @RegisterExtension final Bystanders bystanders = new Bystanders(() -> relay().port());

  private static @Nullable ChildRelay relay;

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MOST_SOCKETS = 10_000;
  private static final int SPARE_DESCRIPTORS = 500;
  private static final int PHONES = 3;
  private static final Pattern TROUBLE =
      Pattern.compile(
          "(?i)level=(WARN|ERROR).*(journal|persist|circuit|socket_fault|accept failed)");

  @BeforeAll
  static void start(@TempDir Path data) {
    relay = ChildRelay.serve(data, Map.of("RELAY_LOG_LEVEL", "WARN"));
  }

  @AfterAll
  static void stop() {
    relay().close();
  }

  @Test
  void everybodyLeavesAndComesBackAtOnce() throws IOException {
    int count = sockets() / (1 + PHONES);
    try (Crowd crowd = new Crowd(relay().port())) {
      List<CrowdRoom> rooms = rooms(crowd, count);
      for (CrowdRoom room : rooms) {
        room.joinBinary();
      }
      crowd.await("the binaries", PATIENCE, () -> haveBinaries(rooms));
      for (CrowdRoom room : rooms) {
        room.joinPhones();
      }
      awaitAll(crowd, rooms);
      leave(crowd.members());
    }
    try (Crowd crowd = new Crowd(relay().port())) {
      List<CrowdRoom> rooms = rooms(crowd, count);
      Collections.shuffle(rooms, new Random(7));
      for (CrowdRoom room : rooms) {
        room.joinPhones();
        room.joinBinary();
      }
      awaitAll(crowd, rooms);
    }
    assertThat(relay().errLines()).noneMatch(it -> TROUBLE.matcher(it).find());
  }

  private static List<CrowdRoom> rooms(Crowd crowd, int count) {
    List<CrowdRoom> rooms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rooms.add(new CrowdRoom(crowd, relay().port(), "mass " + i, PHONES));
    }
    return rooms;
  }

  private static boolean haveBinaries(List<CrowdRoom> rooms) throws IOException {
    boolean haveAll = true;
    for (CrowdRoom room : rooms) {
      // One that its room did not answer in time comes again.
      var _ = room.isSettled();
      haveAll &= room.hasBinary();
    }
    return haveAll;
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

  /** A socket may be back before the relay has seen it go, so each counts twice there. */
  private static int sockets() {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long limit = system.getMaxFileDescriptorCount();
    return (int) Math.min(MOST_SOCKETS, (limit - SPARE_DESCRIPTORS) / 2);
  }

  private static ChildRelay relay() {
    return Objects.requireNonNull(relay, "the relay has not been started");
  }
}
