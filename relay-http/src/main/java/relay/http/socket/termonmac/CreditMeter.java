package relay.http.socket.termonmac;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;

/**
 * Counts what one socket spends, and asks for credits before they are used up. Confined to its
 * socket's event loop; times are monotonic milliseconds.
 *
 * <p>It has one question under way at a time, and repeats it unchanged until it is answered. A
 * socket whose lease is used up waits for the answer, however long that takes: what it spends
 * beyond would be counted nowhere.
 */
final class CreditMeter {
  static final long ASK_AGAIN_MILLIS = 2_000;

  /** While two sides are there and silent, their time is reported this often. */
  static final long PAIRED_REPORT_MILLIS = 60_000;

  static final long AS_MANY_AS_ALLOWED = Long.MAX_VALUE;

  private static final long NEVER = Long.MAX_VALUE;

  /** The way of a question to the subscription. */
  @FunctionalInterface
  interface Desk {
    void ask(Spending spending, long want);
  }

  private record Question(Spending spending, long want, long againAt) {
    /** Whether anybody could miss it. */
    boolean matters() {
      return want > 0 || spending.frames() > 0 || spending.pairedMillis() > 0;
    }

    Question again(long now) {
      return new Question(spending, want, now + ASK_AGAIN_MILLIS);
    }
  }

  private final CreditTerms terms;
  private final Desk desk;
  private @Nullable Question question;
  private boolean isPaired;
  private boolean chargesTime;
  private long left;
  private long lowWater;
  private long frames;
  private long sequence;
  private long unpairedMillis;
  private long pairedSince;
  private long reportAt = NEVER;

  CreditMeter(CreditTerms terms, Desk desk) {
    this.terms = terms;
    this.desk = desk;
  }

  /** Asks whether the account has anything left at all (TermOnMac 4.3). */
  void begin(long now) {
    ask(now);
  }

  /**
   * The other side is there, so frames are to be expected.
   *
   * @param isTimeCharged whether this is the side that pays for the time
   */
  void paired(boolean isTimeCharged, long now) {
    if (!isPaired) {
      isPaired = true;
      chargesTime = isTimeCharged;
      pairedSince = now;
      reportAt = isTimeCharged ? Math.min(reportAt, now + PAIRED_REPORT_MILLIS) : reportAt;
      askForMore(now);
    }
  }

  void unpaired(long now) {
    if (isPaired) {
      unpairedMillis += pairedMillis(now);
      isPaired = false;
      reportSoon(now);
    }
  }

  /** One frame was relayed. Returns whether another one may be before an answer comes. */
  boolean spend(long now) {
    frames++;
    left -= terms.creditsPerFrame();
    reportSoon(now);
    askForMore(now);
    return mayGoOn();
  }

  boolean mayGoOn() {
    return left > 0 || terms.creditsPerFrame() == 0;
  }

  /** An answer that is not to the question under way says nothing. */
  boolean isAwaited(CreditReply reply) {
    return question != null && question.spending.sequence() == reply.sequence();
  }

  /** The question under way is answered with so many credits. */
  void leased(long credits, long now) {
    question = null;
    left = credits - frames * terms.creditsPerFrame();
    lowWater = credits / 2;
    askForMore(now);
  }

  long nextDue() {
    return question == null ? reportAt : question.againAt;
  }

  void due(long now) {
    if (question != null && now >= question.againAt) {
      question = question.again(now);
      desk.ask(question.spending, question.want);
    } else if (question == null && now >= reportAt) {
      ask(now);
    }
  }

  /** What is still to be reported when the socket has ended, in order; often nothing. */
  List<Spending> end(long now) {
    unpaired(now);
    List<Spending> reports = new ArrayList<>();
    if (question != null && question.matters()) {
      reports.add(question.spending);
    }
    if (frames > 0 || unpairedMillis > 0 || left > 0 || !reports.isEmpty()) {
      reports.add(new Spending(sequence + 1, frames, unpairedMillis, true));
    }
    return reports;
  }

  private void reportSoon(long now) {
    reportAt = Math.min(reportAt, now + terms.flushInterval().toMillis());
  }

  private void askForMore(long now) {
    boolean isWanting = isPaired && terms.creditsPerFrame() > 0 && left <= lowWater;
    if (isWanting && question == null) {
      ask(now);
    }
  }

  private void ask(long now) {
    sequence++;
    Spending spending = new Spending(sequence, frames, unpairedMillis + pairedMillis(now), false);
    frames = 0;
    unpairedMillis = 0;
    pairedSince = now;
    reportAt = isPaired && chargesTime ? now + PAIRED_REPORT_MILLIS : NEVER;
    question = new Question(spending, isPaired ? AS_MANY_AS_ALLOWED : 0, now + ASK_AGAIN_MILLIS);
    desk.ask(spending, question.want);
  }

  private long pairedMillis(long now) {
    return isPaired && chargesTime ? now - pairedSince : 0;
  }
}
