package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;

class RecentDetachmentsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RoomKey ROOM = new RoomKey(Dialect.PYRYCODE, "server-1");

  private final RecentDetachments recent = new RecentDetachments(3);

  private void ended(long socket, Instant at) {
    recent.add(
        ROOM,
        new RoomCommand.Detach(new SocketAddress("edge", socket), CloseCause.PEER_DROPPED, 0),
        at);
  }

  private List<Long> socketsAt(Instant now) {
    return recent.at(now).stream().map(it -> it.detach().socket().number()).toList();
  }

  @Test
  void aDetachmentIsKnownForAMinute() {
    ended(1, START);
    ended(2, START.plusSeconds(1));

    assertThat(socketsAt(START.plusSeconds(60))).containsExactly(1L, 2L);
    assertThat(socketsAt(START.plusSeconds(61))).containsExactly(2L);
  }

  @Test
  void moreThanTheBoundAreForgottenOldestFirst() {
    for (long socket = 1; socket <= 5; socket++) {
      ended(socket, START);
    }

    assertThat(socketsAt(START)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void eachIsTakenOnceAndStillKnownForItsMinute() {
    ended(1, START);
    ended(2, START.plusSeconds(5));

    assertThat(taken(START.plusSeconds(4))).containsExactly(1L);
    assertThat(taken(START.plusSeconds(5))).containsExactly(2L);
    assertThat(taken(START.plusSeconds(6))).isEmpty();
    assertThat(socketsAt(START.plusSeconds(6))).containsExactly(1L, 2L);
  }

  private List<Long> taken(Instant upTo) {
    return recent.takeUpTo(upTo).stream().map(it -> it.detach().socket().number()).toList();
  }
}
