package relay.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.cluster.Room.closeNotice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.DoomedNode;
import relay.http.testing.RelayCluster;
import relay.persistence.EmbeddedPostgresExtension;

/** Kills one of two nodes, with the signal nobody can answer. */
class NodeLossIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final int ROOMS = 8;

  private RelayCluster cluster;
  private RelayCluster.Member survivor;
  private DoomedNode doomed;

  @BeforeEach
  void start() {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with("relay.pyrycode.grace", "8s")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "6s")
            .with("pekko.cluster.split-brain-resolver.stable-after", "1s");
    survivor = cluster.start();
    doomed = cluster.startProcess();
  }

  @AfterEach
  void stop() {
    doomed.close();
    cluster.close();
  }

  /** One loss for all of it, since a cluster takes its time to be sure of one. */
  @Test
  void whoLivesOnTheOtherNodeLivesOn() {
    List<Meeting> whole = new ArrayList<>();
    List<Meeting> unheard = new ArrayList<>();
    for (int number = 0; number < ROOMS; number++) {
      whole.add(meet("whole-" + number));
      unheard.add(meet("unheard-" + number));
    }
    Room orphaned = Room.claim(survivor, doomed.port(), "orphaned");
    Room.Phone silent = orphaned.join(survivor.port());
    Room abandoned = Room.claim(survivor, doomed.port(), "abandoned");
    Room.Phone waiting = abandoned.join(survivor.port());

    doomed.kill();
    unheard.forEach(it -> it.room().binary().sendClose(1000, "").expectClose(1000, ""));
    whole.forEach(it -> it.room().talk(it.near(), "nobody has noticed yet"));

    whole.forEach(this::assertOnlyTheLostPhoneIsMissed);
    unheard.forEach(it -> it.near().peer().expectClose(1000, "").expectEnd());
    silent.peer().expectClose(1000, "").expectEnd();
    waiting.peer().expectClose(1000, "").expectEnd();
    for (String serverId : List.of("orphaned", "abandoned", "unheard-0")) {
      try (Room next = Room.claim(survivor, survivor.port(), serverId)) {
        next.talk(next.join(survivor.port()), "claimed anew");
      }
    }
    Stream.concat(whole.stream(), unheard.stream()).forEach(it -> it.room().close());
  }

  /** A binary of the survivor, and a phone on either node. */
  private record Meeting(Room room, Room.Phone near, Room.Phone lost) {}

  private Meeting meet(String serverId) {
    Room room = Room.claim(survivor, survivor.port(), serverId);
    return new Meeting(room, room.join(survivor.port()), room.join(doomed.port()));
  }

  private void assertOnlyTheLostPhoneIsMissed(Meeting meeting) {
    Room room = meeting.room();
    room.binary().expect(closeNotice(meeting.lost(), 1001));
    room.talk(meeting.near(), "and now they have");
    room.talk(room.join(survivor.port()), "a new one");
    assertThat(survivor.ops("/relay/rooms/pyrycode/" + room.serverId()))
        .contains(meeting.near().connId())
        .doesNotContain(meeting.lost().connId());
    room.binary().expectNothingMore();
  }
}
