package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.protocol.termonmac.MessageCodec;
import relay.core.room.CloseCause;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomNotice;
import relay.core.subscription.MeterId;
import relay.core.subscription.QuotaExceeded;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.http.socket.Closure;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketHandler;
import relay.http.socket.termonmac.TermonmacMeters.Direction;
import relay.http.throttle.ConnectionCap;

/**
 * What the relay says on one socket of this dialect, whoever is at its other end.
 *
 * <pre>
 * peer ── message ──► what is it? ── heartbeat ──► answered here, as is what cannot be read
 *                          └──────── the rest ───► the phase: greeting, asking, seated, ended
 * room, account, subscription ── notices, answers ──► the phase, or the end of it
 * </pre>
 *
 * <p>Here is what holds in every phase: that the peer is heard of in time, that its account has
 * credits and its sign-in counts, and that it does not make ten mistakes in a row.
 */
final class TermonmacSocket implements SocketHandler {
  private static final int POLICY = 1008;
  private static final int SILENT = 4000;
  private static final int SIGNED_OUT = 4003;
  private static final int OVER_QUOTA = 4029;

  private final TermonmacPorts ports;
  private final Caller caller;
  private final Arrival arrival;
  private final ConnectionCap.Slot slot;
  private final MessageCodec codec = new MessageCodec();
  private final CreditMeter meter;
  private final Hearing hearing;
  private @Nullable Line line;
  private Phase phase = new Ended(CloseCause.PEER_DROPPED, 0, true);
  private volatile Role role;
  private long admitBy = Phase.NEVER;
  private boolean isAccountDeleted;
  private int mistakes;
  private long wakeAt = Phase.NEVER;

  TermonmacSocket(TermonmacPorts ports, Caller caller, Arrival arrival, ConnectionCap.Slot slot) {
    this.ports = ports;
    this.caller = caller;
    this.arrival = arrival;
    this.slot = slot;
    this.meter = new CreditMeter(ports.credits(), this::askForCredits);
    this.hearing = new Hearing(ports.settings().silenceTimeout());
    this.role = arrival.hint().role();
  }

  @Override
  public RoomKey room() {
    return arrival.room();
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public AccountId account() {
    return caller.account();
  }

  /** Nothing is heard before it is known whether the account has credits (TermOnMac 4.3). */
  @Override
  public void opened(Socket socket) {
    String connection = HexFormat.of().toHexDigits(ports.random().nextLong());
    line =
        new Line(socket, ports, new Line.Identity(caller, arrival, connection), meter, this::step);
    hearing.begin(socket.now());
    admitBy = socket.now() + ports.settings().attachTimeout().toMillis();
    line.hold(Line.Wait.QUOTA);
    meter.begin(socket.now());
    become(Greeting.begin(line));
  }

  @Override
  public void message(ByteBuffer payload) {
    hearing.heard(line().now());
    if (phase instanceof Ended) {
      return;
    }
    ClientMessage message = codec.read(payload);
    switch (message) {
      case ClientMessage.Heartbeat _ -> acknowledge();
      case ClientMessage.Malformed why -> line().mistaken(codeOf(why));
      case ClientMessage.Relay _,
          ClientMessage.RelayBatch _,
          ClientMessage.RegisterRoom _,
          ClientMessage.JoinRoom _ ->
          become(phase.said(message, payload));
    }
    mistakes = line().takeMistake() ? mistakes + 1 : 0;
    if (mistakes >= ports.settings().maxBadMessages()) {
      become(line().shut(POLICY, "too many bad messages", CloseCause.BAD_MESSAGE));
    }
  }

  private static ErrorCode codeOf(ClientMessage.Malformed why) {
    return switch (why) {
      case UNKNOWN_TYPE -> ErrorCode.UNKNOWN_TYPE;
      case NO_MESSAGE, BAD_FIELD -> ErrorCode.BAD_MESSAGE;
    };
  }

  private void acknowledge() {
    boolean _ = line().socket().send(phase.presence().ack(isAccountDeleted));
  }

  @Override
  public void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    switch (delivery) {
      case FRAME -> become(phase.delivered(epoch, payload));
      case CLOSE, NOTICE -> throw new IllegalStateException(delivery + " is of another dialect");
    }
  }

  @Override
  public void told(RoomNotice notice) {
    become(phase.told(notice));
  }

  @Override
  public void announced(AccountNotice notice) {
    switch (notice) {
      case AccountNotice.FamilyRevoked(long family) -> {
        if (family == caller.family() && !(phase instanceof Ended)) {
          become(line().shut(SIGNED_OUT, "signed out", CloseCause.SIGNED_OUT));
        }
      }
      case AccountNotice.Deleted _ -> isAccountDeleted = true;
      case AccountNotice.Restored _ -> isAccountDeleted = false;
      case AccountNotice.OutOfCredits(var quota) -> overQuota(quota);
    }
  }

  @Override
  public void nodeLost() {
    phase.nodeLost();
  }

  @Override
  public void pong(ByteBuffer payload) {}

  @Override
  public void written(int messages) {
    ports
        .meters()
        .framesForwarded(
            role == Role.AGENT ? Direction.PHONE_TO_MAC : Direction.MAC_TO_PHONE, messages);
  }

  @Override
  public void due(long now) {
    wakeAt = Phase.NEVER;
    if (phase instanceof Ended) {
      return;
    }
    switch (hearing.due(now, line().socket())) {
      case SILENT -> {
        line().sayError(ErrorCode.HEARTBEAT_TIMEOUT);
        become(line().shut(SILENT, "heartbeat timeout", CloseCause.HEARTBEAT_TIMEOUT));
        return;
      }
      // Its heartbeats wait behind what it has sent, and it would take the relay for dead.
      case HELD_UP -> acknowledge();
      case HEARD -> {}
    }
    if (now >= admitBy) {
      become(line().shutUnavailable());
      return;
    }
    meter.due(now);
    if (meter.mayGoOn()) {
      line().release(Line.Wait.CREDITS);
    }
    become(phase.due(now));
  }

  private void askForCredits(Spending spending, long want) {
    var _ =
        ports
            .allowance()
            .use(caller.account(), meterId(), spending, want)
            .whenComplete(
                (reply, _) -> {
                  if (reply != null) {
                    line().socket().post(() -> answered(reply));
                  }
                });
  }

  private void answered(CreditReply reply) {
    if (phase instanceof Ended || !meter.isAwaited(reply)) {
      return;
    }
    switch (reply) {
      case CreditReply.Leased(_, long credits) -> {
        meter.leased(credits, line().now());
        admitBy = Phase.NEVER;
        line().release(Line.Wait.QUOTA);
        if (meter.mayGoOn()) {
          line().release(Line.Wait.CREDITS);
        }
        become(phase);
      }
      case CreditReply.Exhausted(_, var quota) -> overQuota(quota);
      case CreditReply.TooManySockets _ ->
          become(line().shut(POLICY, "too many sockets", CloseCause.REFUSED));
    }
  }

  private void overQuota(QuotaExceeded quota) {
    if (phase instanceof Ended) {
      return;
    }
    line().say(Quotas.message(quota));
    become(line().shut(OVER_QUOTA, "quota exceeded", CloseCause.QUOTA_EXCEEDED));
  }

  private void step(Phase from, Supplier<Phase> to) {
    if (phase == from) {
      become(to.get());
    }
  }

  private void become(Phase next) {
    Phase last = phase;
    phase = next;
    if (next instanceof Ended how) {
      if (!(last instanceof Ended)) {
        end(last, how);
      }
      return;
    }
    if (next != last) {
      role = roleIn(next);
    }
    wakeInTime();
  }

  private Role roleIn(Phase seat) {
    return switch (seat) {
      case Registering _, MacSeat _ -> Role.AGENT;
      case Joining _, PhoneSeat _ -> Role.PHONE;
      case Greeting _, Acquiring _, Explaining _, Ended _ -> role;
    };
  }

  private void wakeInTime() {
    long next =
        Math.min(Math.min(hearing.nextDue(), admitBy), Math.min(meter.nextDue(), phase.nextDue()));
    if (next < wakeAt) {
      wakeAt = next;
      line().socket().wakeAt(next);
    }
  }

  private void end(Phase last, Ended how) {
    last.left(how);
    List<Spending> reports = meter.end(line().now());
    if (!reports.isEmpty()) {
      ports.allowance().settle(caller.account(), meterId(), reports);
    }
    // A Mac that was replaced has not left its room.
    if (line().maxSessions().isPresent() && how.cause() != CloseCause.REPLACED) {
      ports.allowance().macLeft(caller.account(), arrival.roomId());
    }
  }

  @Override
  public void closed(Closure closure) {
    slot.release();
    if (line != null) {
      become(new Ended(closure.cause(), closure.code(), false));
    } else if (arrival.maxSessions().isPresent()) {
      ports.allowance().macLeft(caller.account(), arrival.roomId());
    }
  }

  private MeterId meterId() {
    return new MeterId(line().address().edge(), line().address().number());
  }

  private Line line() {
    if (line == null) {
      throw new IllegalStateException("the socket has not opened");
    }
    return line;
  }
}
