package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.RoomKey;
import relay.core.room.RoomPolicy;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.room.entity.RoomObserver;
import relay.core.room.entity.RoomSurroundings;
import relay.core.settings.RelaySettings;

/** Rooms are reached through sharding, leave memory, and come back. */
class RelayShardingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());

  private final ActorTestKit kit = ActorTestKit.create("relay", CONFIG);
  private final RoomKey room = new RoomKey(Dialect.PYRYCODE, "a/hostile|id".repeat(40));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whereShardsLiveIsNotJournalled() {
    assertThat(RelaySharding.settings(kit.system()).stateStoreMode().name()).isEqualTo("ddata");
  }

  @Test
  void aRoomThatLeftMemoryComesBackAndAsksWhoStillLives() {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(new Join(cluster.selfMember().address()));
    RoomPolicy policy = RoomPolicy.pyrycode(RelaySettings.from(ConfigFactory.load()).pyrycode());
    RelaySharding rooms =
        RelaySharding.start(
            kit.system(),
            RoomSurroundings.of(
                Map.of(Dialect.PYRYCODE, policy),
                InstantSource.system(),
                new Unobserved(),
                Duration.ofMillis(200)));
    TestProbe<EdgeCommand> edge = kit.createTestProbe();
    String name = ActorRefResolver.get(kit.system()).toSerializationFormat(edge.ref());

    rooms.tell(room, new RoomCommand.AttachAgent(new SocketAddress(name, 1), "a"));
    assertThat(edge.expectMessageClass(RoomNotice.AgentGranted.class, PATIENCE).epoch())
        .isEqualTo(1);

    EdgeCommand.AskLive question =
        edge.awaitAssert(
            PATIENCE,
            () -> {
              rooms.tell(room, new RoomCommand.AttachPhone(new SocketAddress(name, 2), "p"));
              return edge
                  .fishForMessage(
                      Duration.ofMillis(500),
                      it ->
                          it instanceof EdgeCommand.AskLive
                              ? FishingOutcomes.complete()
                              : FishingOutcomes.continueAndIgnore())
                  .stream()
                  .map(EdgeCommand.AskLive.class::cast)
                  .findFirst()
                  .orElseThrow();
            });
    assertThat(question.room()).isEqualTo(EntityIds.canonical(room));
    assertThat(question.sockets()).contains(1L);
    question.replyTo().tell(new RoomCommand.LiveSockets(name, List.of(1L, 2L)));
    List<EdgeCommand> told =
        edge.fishForMessage(
            PATIENCE,
            it ->
                it instanceof RoomNotice.PhoneJoined
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            RoomNotice.PhoneJoined.class, it -> assertThat(it.connection()).isEqualTo("p"));
  }

  private static final class Unobserved implements RoomObserver {
    @Override
    public void woke(RoomKey room) {}

    @Override
    public void wrote(RoomKey room, Duration took) {}

    @Override
    public void refused(RoomKey room, Refusal why) {}

    @Override
    public void graceExpired(RoomKey room) {}

    @Override
    public void edgeSilent(RoomKey room) {}
  }
}
