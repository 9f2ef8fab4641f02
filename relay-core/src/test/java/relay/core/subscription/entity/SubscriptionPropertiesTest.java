package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;
import relay.core.subscription.StoreNotification;
import relay.core.subscription.StoreTransaction;
import relay.core.subscription.Tier;

/**
 * Sockets spend, repeat themselves and vanish; answers get lost, writes fail, nodes die: whatever
 * the order, nobody is charged twice, nothing that was acknowledged is lost, and no limit is passed
 * by more than one lease for each socket.
 */
class SubscriptionPropertiesTest {
  private static final List<String> ROOMS = List.of("a", "b", "c", "d", "e", "f");

  enum Act {
    RELAY,
    PAIRED,
    GO_ON,
    REPORT,
    WRITE,
    ANSWER,
    LOSE_ANSWERS,
    CLOSE,
    LOSE_SOCKET,
    OPEN,
    CRASH,
    PASS
  }

  enum Whim {
    SPEND,
    WELCOME,
    GRANT,
    GRANT_SHORTLY,
    TAKE_BACK,
    QUOTA,
    CLEAR_QUOTA,
    STORE,
    ACQUIRE,
    LEAVE,
    BEGIN_RELEASE,
    RELEASE,
    PASS_LONG
  }

  record Step(Act act, int socket, int amount) {}

  record Turn(Whim whim, Step step) {}

  @Property(tries = 500)
  void usagePassesTheLimitByAtMostOneLeaseForEachSocket(@ForAll("steps") List<Step> steps) {
    World world = new World();
    for (Step step : steps) {
      if (step.act != Act.PAIRED) {
        take(step, world);
      }
      assertThat(world.relayed())
          .isLessThanOrEqualTo(World.LIMIT + (long) World.SOCKETS * World.LEASE);
    }
    Statistics.label("relayed")
        .collect(world.relayed() > World.LIMIT ? "beyond" : world.relayed() > 10 ? "some" : "few")
        .coverage(it -> it.check("beyond").percentage(share -> share > 2));
    world.everyAnsweredReportCountsOnce();
  }

  @Property(tries = 500)
  void noInterleavingChargesTwiceOrLosesWhatWasAcknowledged(@ForAll("turns") List<Turn> turns) {
    World world = new World();
    for (Turn turn : turns) {
      take(turn, world);
      world.everyAnsweredReportCountsOnce();
      world.nothingIsNegative();
    }
  }

  private static void take(Step step, World world) {
    ModelSocket socket = world.sockets[step.socket];
    switch (step.act) {
      case RELAY -> socket.relays(step.amount);
      case PAIRED -> socket.isPairedFor(step.amount * 1_000L);
      case GO_ON -> world.goesOn(step.socket, step.amount);
      case REPORT -> world.reports(step.socket);
      case WRITE -> world.writes();
      case ANSWER -> world.takeAnswers();
      case LOSE_ANSWERS -> socket.inbox.getAllReceived();
      case CLOSE -> socket.closes();
      case LOSE_SOCKET -> socket.isLost();
      case OPEN -> world.open(step.socket);
      case CRASH -> world.crashes();
      case PASS -> world.now = world.now.plusSeconds(step.amount);
    }
  }

  private static void take(Turn turn, World world) {
    SubscriptionMemory memory = world.memory();
    TestInbox<SubscriptionDescription> inbox = TestInbox.create();
    int amount = turn.step.amount;
    switch (turn.whim) {
      case SPEND -> take(turn.step, world);
      case WELCOME -> memory.welcome(new SubscriptionCommand.Welcome(inbox.getRef()));
      case GRANT -> grant(memory, Tier.PRO, null, inbox);
      case GRANT_SHORTLY ->
          grant(memory, Tier.PREMIUM, world.now.plus(Duration.ofMinutes(amount)), inbox);
      case TAKE_BACK -> grant(memory, Tier.FREE, null, inbox);
      case QUOTA -> memory.setQuota(new SubscriptionCommand.SetQuota(amount, inbox.getRef()));
      case CLEAR_QUOTA -> memory.clearQuota(new SubscriptionCommand.ClearQuota(inbox.getRef()));
      case STORE -> store(memory, turn.step);
      case ACQUIRE -> acquire(world, ROOMS.get(amount % ROOMS.size()));
      case LEAVE -> memory.macLeft(ROOMS.get(amount % ROOMS.size()));
      case BEGIN_RELEASE ->
          memory.beginRelease(
              new SubscriptionCommand.BeginRelease(
                  ROOMS.get(amount % ROOMS.size()), 1, inbox.getRef()));
      case RELEASE ->
          memory.release(
              new SubscriptionCommand.ReleaseRoom(
                  ROOMS.get(amount % ROOMS.size()), 1, inbox.getRef()));
      case PASS_LONG -> world.now = world.now.plus(Duration.ofMinutes(10L * amount));
    }
  }

  private static void grant(
      SubscriptionMemory memory,
      Tier tier,
      @Nullable Instant until,
      TestInbox<SubscriptionDescription> inbox) {
    memory.grantTier(new SubscriptionCommand.GrantTier(tier, until, inbox.getRef()));
  }

  private static void store(SubscriptionMemory memory, Step step) {
    Instant signedAt = World.START.plusSeconds(step.amount);
    List<String> types = List.of("SUBSCRIBED", "DID_RENEW", "EXPIRED", "REFUND");
    String type = types.get(step.amount % types.size());
    StoreTransaction transaction =
        new StoreTransaction(
            step.socket % 2 == 0 ? "pro" : "premium",
            "t" + step.socket,
            "s" + step.socket % 2,
            World.START.plus(Duration.ofHours(step.amount)),
            null,
            signedAt);
    memory.hear(
        new SubscriptionCommand.StoreNotified(
            new StoreNotification(
                type + step.amount + step.socket, type, null, signedAt, transaction, null),
            TestInbox.<StoreReply>create().getRef()));
  }

  /** A new room is granted only while there is place, and what is granted outlives a crash. */
  private static void acquire(World world, String room) {
    world.writes();
    List<String> before = world.rooms();
    int limit = World.POLICY.limits(world.written().entitlementAt(world.now).tier()).maxRooms();

    boolean isGranted = world.acquires(room);

    assertThat(isGranted).isEqualTo(before.contains(room) || before.size() < limit);
    assertThat(world.rooms().contains(room)).isEqualTo(isGranted);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return step().list().ofMinSize(80).ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<Whim> whims =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.just(Whim.SPEND)), Tuple.of(10, Arbitraries.of(Whim.class)));
    return Combinators.combine(whims, step()).as(Turn::new).list().ofMaxSize(120);
  }

  private static Arbitrary<Step> step() {
    Arbitrary<Act> acts =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.of(Act.GO_ON, Act.RELAY, Act.REPORT, Act.WRITE, Act.ANSWER)),
            Tuple.of(10, Arbitraries.of(Act.class)));
    return Combinators.combine(
            acts,
            Arbitraries.integers().between(0, World.SOCKETS - 1),
            Arbitraries.integers().between(1, 25))
        .as(Step::new);
  }
}
