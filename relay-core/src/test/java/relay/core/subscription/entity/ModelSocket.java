package relay.core.subscription.entity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;

/** A socket that spends credits as {@link SubscriptionCommand.UseCredits} asks of it. */
final class ModelSocket {
  private static final long LEASE = World.LEASE;

  final MeterId id;
  final TestInbox<CreditReply> inbox = TestInbox.create();

  /** What it has said in each report. */
  final Map<Long, Spending> reports = new HashMap<>();

  private boolean isOpen = true;
  private long allowance;
  private long frames;
  private long millis;
  private long sequence;
  private @Nullable Spending underWay;
  long answered;

  ModelSocket(MeterId id) {
    this.id = id;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Whether it has ended and nobody waits for an answer any more. */
  boolean isSettled() {
    return !isOpen && underWay == null;
  }

  /** What it has relayed since its latest report. */
  long unreported() {
    return frames;
  }

  Optional<Spending> underWay() {
    return Optional.ofNullable(underWay);
  }

  /** Relays as many of these frames as its lease allows. */
  void relays(long wanted) {
    if (isOpen) {
      long left = allowance - frames - underWay().map(Spending::frames).orElse(0L);
      frames += Math.clamp(left, 0, wanted);
    }
  }

  void isPairedFor(long duration) {
    if (isOpen) {
      millis += duration;
    }
  }

  /** Sends a new report, or repeats the one that is under way; null where it has nothing to say. */
  SubscriptionCommand.@Nullable UseCredits reports() {
    if (isSettled()) {
      return null;
    }
    return new SubscriptionCommand.UseCredits(id, nextReport(), LEASE, inbox.getRef());
  }

  /** Ends; a report that is under way is repeated until it is answered, then comes the last one. */
  void closes() {
    if (isOpen) {
      isOpen = false;
      nextReport();
    }
  }

  /** Its node is killed. */
  void isLost() {
    isOpen = false;
    frames = 0;
    millis = 0;
    underWay = null;
  }

  void takesAnswers() {
    for (CreditReply reply : inbox.getAllReceived()) {
      if (underWay != null && reply.sequence() == underWay.sequence()) {
        take(reply);
      }
    }
  }

  private void take(CreditReply reply) {
    boolean wasLast = underWay != null && underWay.isLast();
    if (!(reply instanceof CreditReply.TooManySockets)) {
      answered = reply.sequence();
      underWay = null;
    }
    switch (reply) {
      case CreditReply.Leased(_, var credits) -> allowance = credits;
      case CreditReply.Exhausted _ -> {
        allowance = 0;
        isOpen = false;
      }
      case CreditReply.TooManySockets _ -> {}
    }
    if (!isOpen && !wasLast && underWay == null) {
      nextReport();
    }
  }

  private Spending nextReport() {
    if (underWay == null) {
      sequence++;
      underWay = new Spending(sequence, frames, millis, !isOpen);
      reports.put(sequence, underWay);
      frames = 0;
      millis = 0;
    }
    return underWay;
  }
}
