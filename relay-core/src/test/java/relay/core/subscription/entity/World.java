package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.subscription.Balance;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.SubscriptionPolicy;
import relay.core.subscription.Tier;
import relay.core.subscription.TierLimits;

/**
 * One subscription, the sockets of its account, a journal, and whatever goes wrong between them.
 */
final class World {
  static final int LEASE = 8;
  static final int LIMIT = 30;
  static final int MAX_ROOMS = 2;
  static final int SOCKETS = 4;
  static final Instant START = Instant.parse("2026-03-23T00:00:00Z");
  static final SubscriptionPolicy POLICY =
      new SubscriptionPolicy(
          Map.of(
              Tier.FREE, new TierLimits(LIMIT, MAX_ROOMS, -1),
              Tier.PRO, new TierLimits(4 * LIMIT, 2 * MAX_ROOMS, -1),
              Tier.PREMIUM, new TierLimits(0, 2 * MAX_ROOMS, -1)),
          Map.of("pro", Tier.PRO, "premium", Tier.PREMIUM),
          new SubscriptionPolicy.Price(1, 2),
          new SubscriptionPolicy.LeaseTerms(LEASE, Duration.ofSeconds(30)),
          new SubscriptionPolicy.WelcomeOffer(25, Duration.ofHours(2)),
          Duration.ofMinutes(15));

  final List<SubscriptionEvent> journal = new ArrayList<>();
  final ModelSocket[] sockets = new ModelSocket[SOCKETS];
  final List<ModelSocket> everyone = new ArrayList<>();
  final List<AccountNotice> announced = new ArrayList<>();
  Instant now = START;
  private SubscriptionMemory memory = restarted();
  private long number;

  World() {
    for (int i = 0; i < SOCKETS; i++) {
      open(i);
    }
  }

  SubscriptionMemory memory() {
    return memory;
  }

  /** A new socket in that place, once the one before has ended and been answered. */
  void open(int place) {
    if (sockets[place] == null || sockets[place].isSettled()) {
      number++;
      sockets[place] = new ModelSocket(new MeterId("edge", number));
      everyone.add(sockets[place]);
    }
  }

  void reports(int place) {
    Optional.ofNullable(sockets[place].reports()).ifPresent(memory::useCredits);
  }

  /** A socket relays, reports, and is answered at once. */
  void goesOn(int place, int frames) {
    sockets[place].relays(frames);
    reports(place);
    writes();
    sockets[place].takesAnswers();
  }

  /** The journal takes what waits, and everybody who waits is answered. */
  void writes() {
    journal.addAll(memory.outbox().takeEvents());
    memory.outbox().written();
  }

  /** The node dies, or a write fails: only the journal is left. */
  void crashes() {
    memory = restarted();
  }

  /** The room is granted, written and told; or refused. */
  boolean acquires(String roomId) {
    TestInbox<RoomReply> inbox = TestInbox.create();
    memory.acquire(new SubscriptionCommand.AcquireRoom(roomId, inbox.getRef()));
    writes();
    return inbox.receiveMessage() instanceof RoomReply.RoomGranted;
  }

  List<String> rooms() {
    return written().roomsAt(now, POLICY).stream().map(it -> it.roomId()).toList();
  }

  /** What is written and nothing else. */
  Subscription written() {
    return Subscription.EMPTY.after(journal);
  }

  void takeAnswers() {
    for (ModelSocket each : everyone) {
      each.takesAnswers();
    }
  }

  /** Every report that was answered is written, and none is written twice. */
  void everyAnsweredReportCountsOnce() {
    Map<MeterId, List<Long>> counted = new HashMap<>();
    for (SubscriptionEvent event : journal) {
      if (event instanceof SubscriptionEvent.CreditsSpent spent) {
        counted
            .computeIfAbsent(spent.meter().id(), _ -> new ArrayList<>())
            .add(spent.meter().sequence());
      }
    }
    long frames = 0;
    long millis = 0;
    for (ModelSocket each : everyone) {
      List<Long> sequences = counted.getOrDefault(each.id, List.of());
      assertThat(sequences).doesNotHaveDuplicates();
      for (Map.Entry<Long, Spending> report : each.reports.entrySet()) {
        boolean isCounted = sequences.contains(report.getKey());
        if (report.getKey() <= each.answered && !report.getValue().isEmpty()) {
          assertThat(isCounted).as("%s of %s", report.getValue(), each.id).isTrue();
        }
        frames += isCounted ? report.getValue().frames() : 0;
        millis += isCounted ? report.getValue().pairedMillis() : 0;
      }
    }
    assertThat(charged()).isEqualTo(frames + millis * 2 / 60_000);
  }

  void nothingIsNegative() {
    Balance balance = written().balanceAt(now, POLICY);
    Balance.Bonus bonus = balance.bonus();
    assertThat(balance.remaining()).isNotNegative();
    assertThat(bonus == null ? 0 : bonus.remaining()).isNotNegative();
    assertThat(balance.window().spent().total()).isNotNegative();
    assertThat(journal.stream().filter(SubscriptionEvent.BonusGranted.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
  }

  /** Frames that were relayed and that are written, or may still come to be. */
  long relayed() {
    long relayed = charged();
    for (ModelSocket each : sockets) {
      relayed +=
          each.unreported()
              + each.underWay().filter(it -> !isWritten(each, it)).map(Spending::frames).orElse(0L);
    }
    return relayed;
  }

  private boolean isWritten(ModelSocket socket, Spending report) {
    return written().usage().meters().stream()
        .anyMatch(it -> it.id().equals(socket.id) && it.sequence() >= report.sequence());
  }

  /** Credits in the journal, of windows and bonus together. */
  long charged() {
    return journal.stream()
        .filter(SubscriptionEvent.CreditsSpent.class::isInstance)
        .map(SubscriptionEvent.CreditsSpent.class::cast)
        .mapToLong(it -> it.credits().total() + (it.bonus() == null ? 0 : it.bonus().credits()))
        .sum();
  }

  private SubscriptionMemory restarted() {
    SubscriptionSurroundings surroundings =
        new SubscriptionSurroundings(
            POLICY,
            () -> now,
            (_, notice) -> announced.add(notice),
            Duration.ofMillis(500),
            Duration.ofMinutes(2));
    SubscriptionMemory next = new SubscriptionMemory(new AccountId("0".repeat(32)), surroundings);
    next.restore(written());
    return next;
  }
}
