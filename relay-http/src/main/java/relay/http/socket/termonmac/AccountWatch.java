package relay.http.socket.termonmac;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import relay.core.account.entity.AccountNotice;
import relay.core.room.CloseCause;
import relay.core.subscription.MeterId;
import relay.core.subscription.QuotaExceeded;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.http.access.Authentication;
import relay.http.socket.termonmac.TermonmacMeters.Exhaustion;

/**
 * Whether the account lets a socket go on: it has credits, and the sign-in that opened the socket
 * still counts. Confined to the socket's event loop; times are monotonic milliseconds.
 *
 * <p>What ends a sign-in is announced. Since an announcement may be lost, its account is asked as
 * well, at times of its own for each socket.
 */
final class AccountWatch {
  static final long CHECK_MILLIS = Duration.ofMinutes(5).toMillis();

  private static final int POLICY = 1008;
  private static final int SIGNED_OUT = 4003;
  private static final int OVER_QUOTA = 4029;

  private final TermonmacPorts ports;
  private final Caller caller;
  private final Consumer<Ended> host;
  private final CreditMeter meter;
  private @Nullable Line line;
  private long admitBy = Phase.NEVER;
  private long checkAt = Phase.NEVER;
  private boolean isDeleted;

  /**
   * @param host is told when the socket is being closed
   */
  AccountWatch(TermonmacPorts ports, Caller caller, Consumer<Ended> host) {
    this.ports = ports;
    this.caller = caller;
    this.host = host;
    this.meter = new CreditMeter(ports.credits(), this::askForCredits);
  }

  CreditMeter meter() {
    return meter;
  }

  /** Whether the account is being deleted, which its heartbeats mention (TermOnMac 7.7). */
  boolean isDeleted() {
    return isDeleted;
  }

  /** Nothing is heard before it is known whether the account has credits (TermOnMac 4.3). */
  void begin(Line of) {
    line = of;
    admitBy = of.now() + ports.settings().attachTimeout().toMillis();
    checkLater(of.now());
    of.hold(Line.Wait.QUOTA);
    meter.begin(of.now());
  }

  long nextDue() {
    return Math.min(Math.min(admitBy, checkAt), meter.nextDue());
  }

  void due(long now) {
    if (now >= admitBy) {
      host.accept(line().shutUnavailable());
      return;
    }
    meter.due(now);
    if (meter.mayGoOn()) {
      line().release(Line.Wait.CREDITS);
    }
    if (now >= checkAt) {
      checkLater(now);
      whenAnswered(ports.signIns().check(caller.account(), caller.family()), this::checked);
    }
  }

  private void checkLater(long now) {
    checkAt = now + CHECK_MILLIS - ports.random().nextLong(CHECK_MILLIS / 5);
  }

  private void checked(Authentication authentication) {
    switch (authentication) {
      case Authentication.Accepted accepted -> isDeleted = accepted.isDeleted();
      case Authentication.Refused _ -> signedOut();
    }
  }

  void announced(AccountNotice notice) {
    switch (notice) {
      case AccountNotice.FamilyRevoked(long family) -> {
        if (family == caller.family()) {
          signedOut();
        }
      }
      case AccountNotice.Deleted _ -> isDeleted = true;
      case AccountNotice.Restored _ -> isDeleted = false;
      case AccountNotice.OutOfCredits(var quota) -> overQuota(quota);
    }
  }

  private void signedOut() {
    host.accept(line().shut(SIGNED_OUT, "signed out", CloseCause.SIGNED_OUT));
  }

  private void overQuota(QuotaExceeded quota) {
    ports
        .meters()
        .creditsExhausted(admitBy == Phase.NEVER ? Exhaustion.MID_SESSION : Exhaustion.AT_CONNECT);
    line().say(Quotas.message(quota));
    host.accept(line().shut(OVER_QUOTA, "quota exceeded", CloseCause.QUOTA_EXCEEDED));
  }

  private void askForCredits(Spending spending, long want) {
    whenAnswered(
        ports.allowance().use(caller.account(), meterId(), spending, want), this::answered);
  }

  private void answered(CreditReply reply) {
    if (!meter.isAwaited(reply)) {
      return;
    }
    switch (reply) {
      case CreditReply.Leased(_, long credits) -> {
        admitBy = Phase.NEVER;
        meter.leased(credits, line().now());
        line().release(Line.Wait.QUOTA);
        if (meter.mayGoOn()) {
          line().release(Line.Wait.CREDITS);
        }
      }
      case CreditReply.Exhausted(_, var quota) -> overQuota(quota);
      case CreditReply.TooManySockets _ ->
          host.accept(line().shut(POLICY, "too many sockets", CloseCause.REFUSED));
    }
  }

  /** A question that nobody answered is asked again in its own time. */
  private <T> void whenAnswered(CompletionStage<T> stage, Consumer<T> take) {
    Line at = line();
    var _ =
        stage.whenComplete(
            (answer, _) -> {
              if (answer != null) {
                at.whileOpen(() -> take.accept(answer));
              }
            });
  }

  /** The socket has ended, or is being closed: what it still owes is reported. */
  void end() {
    List<Spending> reports = meter.end(line().now());
    if (!reports.isEmpty()) {
      ports.allowance().settle(caller.account(), meterId(), reports);
    }
  }

  private MeterId meterId() {
    return new MeterId(line().address().edge(), line().address().number());
  }

  private Line line() {
    return Objects.requireNonNull(line, "the socket has not opened");
  }
}
