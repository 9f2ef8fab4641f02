package relay.core.account.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.room.entity.EdgeCommand;

/** What is announced on one node reaches the edges of all. */
class EdgeAnnouncerTest {
  private static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(ConfigFactory.load());
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AccountId ACCOUNT = new AccountId("a".repeat(32));
  private static final AccountNotice NOTICE = new AccountNotice.FamilyRevoked(7);

  private final AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);
  private final ActorTestKit here = ActorTestKit.create("relay", CONFIG);
  private final ActorTestKit there = ActorTestKit.create("relay", CONFIG);

  @AfterEach
  void stop() {
    there.shutdownTestKit();
    here.shutdownTestKit();
  }

  @Test
  void everyEdgeOfTheClusterIsTold() {
    Cluster first = Cluster.get(here.system());
    first.manager().tell(Join.create(first.selfMember().address()));
    Cluster second = Cluster.get(there.system());
    second.manager().tell(Join.create(first.selfMember().address()));
    TestProbe<EdgeCommand> near = here.createTestProbe();
    TestProbe<EdgeCommand> far = there.createTestProbe();
    far.awaitAssert(
        PATIENCE, () -> assertThat(second.selfMember().status()).isEqualTo(MemberStatus.up()));
    here.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, near.ref()));
    there.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, far.ref()));

    AccountAnnouncer announcer = EdgeAnnouncer.start(here.system(), time::get);

    far.awaitAssert(
        PATIENCE,
        () -> {
          announcer.announce(ACCOUNT, NOTICE);
          return far.expectMessage(Duration.ofMillis(200), new ToAccount(ACCOUNT, NOTICE));
        });
    near.expectMessage(new ToAccount(ACCOUNT, NOTICE));
  }

  @Test
  void anEdgeThatIsKnownLaterIsToldWhatItHasJustMissed() {
    AccountAnnouncer announcer = EdgeAnnouncer.start(here.system(), time::get);
    announcer.announce(ACCOUNT, new AccountNotice.FamilyRevoked(6));
    TestProbe<EdgeCommand> early = here.createTestProbe();
    here.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, early.ref()));
    early.expectMessage(PATIENCE, new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(6)));
    time.set(Instant.EPOCH.plusSeconds(10));
    AccountNotice next = new AccountNotice.FamilyRevoked(8);
    announcer.announce(ACCOUNT, NOTICE);
    announcer.announce(ACCOUNT, next);
    early.expectMessage(PATIENCE, new ToAccount(ACCOUNT, NOTICE));
    TestProbe<EdgeCommand> late = here.createTestProbe();

    here.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, late.ref()));

    late.expectMessage(PATIENCE, new ToAccount(ACCOUNT, NOTICE));
    late.expectMessage(PATIENCE, new ToAccount(ACCOUNT, next));
  }
}
