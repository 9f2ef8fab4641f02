package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
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
 * room ────────────── notices ───────────────────► the phase
 * account, subscription ── notices, answers ─────► AccountWatch, which may end it
 * </pre>
 *
 * <p>Here is what holds in every phase: the peer is to be heard of in time, and may not make ten
 * mistakes in a row.
 */
final class TermonmacSocket implements SocketHandler, Line.Host {
  private static final int POLICY = 1008;
  private static final int SILENT = 4000;

  private final TermonmacPorts ports;
  private final Caller caller;
  private final Arrival arrival;
  private final ConnectionCap.Slot slot;
  private final MessageCodec codec = new MessageCodec();
  private final AccountWatch account;
  private final Hearing hearing;
  private @Nullable Line line;
  private Phase phase = new Ended(CloseCause.PEER_DROPPED, 0, true);
  private volatile Role role;
  private int mistakes;
  private long wakeAt = Phase.NEVER;

  TermonmacSocket(TermonmacPorts ports, Caller caller, Arrival arrival, ConnectionCap.Slot slot) {
    this.ports = ports;
    this.caller = caller;
    this.arrival = arrival;
    this.slot = slot;
    this.account = new AccountWatch(ports, caller, this::become);
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

  @Override
  public void opened(Socket socket) {
    String connection = HexFormat.of().toHexDigits(ports.random().nextLong());
    Line.Identity identity = new Line.Identity(caller, arrival, connection);
    line = new Line(socket, ports, identity, account.meter(), this);
    hearing.begin(socket.now());
    account.begin(line);
    become(Greeting.begin(line));
  }

  @Override
  public void message(ByteBuffer payload) {
    hearing.heard(line().now());
    if (hasEnded()) {
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
    line().socket().answer(phase.presence().ack(account.isDeleted()));
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
    if (!hasEnded()) {
      account.announced(notice);
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
    if (hasEnded()) {
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
    account.due(now);
    become(phase.due(now));
  }

  @Override
  public void step(Phase from, Supplier<Phase> to) {
    if (phase == from) {
      become(to.get());
    }
  }

  @Override
  public void whileOpen(Runnable what) {
    if (!hasEnded()) {
      what.run();
      goOn();
    }
  }

  private boolean hasEnded() {
    return phase instanceof Ended;
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
    goOn();
  }

  /** The last thing of every step, since messages that waited are heard within it. */
  private void goOn() {
    wakeInTime();
    line().goOn();
  }

  private Role roleIn(Phase seat) {
    return switch (seat) {
      case Registering _, MacSeat _ -> Role.AGENT;
      case Joining _, PhoneSeat _ -> Role.PHONE;
      case Greeting _, Acquiring _, Explaining _, Ended _ -> role;
    };
  }

  private void wakeInTime() {
    long next = Math.min(hearing.nextDue(), Math.min(account.nextDue(), phase.nextDue()));
    if (next < wakeAt) {
      wakeAt = next;
      line().socket().wakeAt(next);
    }
  }

  private void end(Phase last, Ended how) {
    last.left(how);
    account.end();
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

  private Line line() {
    return Objects.requireNonNull(line, "the socket has not opened");
  }
}
