package relay.http.socket.pyrycode;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.pyrycode.EnvelopeCodec;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Asking;
import relay.http.socket.Closure;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketHandler;
import relay.http.socket.pyrycode.BinaryPhase.Attaching;
import relay.http.socket.pyrycode.BinaryPhase.Ending;
import relay.http.socket.pyrycode.BinaryPhase.Seated;
import relay.http.socket.pyrycode.BinaryPhase.Unopened;
import relay.http.socket.pyrycode.BinaryPhase.Unseated;
import relay.http.socket.pyrycode.PyrycodeMeters.Direction;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.throttle.ConnectionCap;

/**
 * What the relay says on a binary's socket.
 *
 * <pre>
 * binary ── message ──► {"conn_id":…,"frame":…} ──► whose? ── sendTo ──► that phone, "frame" only
 * binary ◄── forward ── of my epoch? ◄─────────────────── delivered ──── a phone, envelope made
 * </pre>
 *
 * <p>A binary that reads too slowly makes its phones wait, since a full queue pauses those who fill
 * it. One whose queue is full all the same, or that takes no byte for the write timeout, loses its
 * connection, as under the Go relay (pyrycode 13.2).
 */
final class BinarySocket implements SocketHandler {
  private static final int GOING_AWAY = 1001;
  private static final byte[] NOTHING = {};

  private final PyrycodePorts ports;
  private final BinaryCaller caller;
  private final ConnectionCap.Slot slot;
  private final RoomKey room;
  private final BinaryLog log;
  private final BinaryForwarder forwarder;
  private @Nullable Line line;
  private BinaryPhase phase = new Unopened();
  private RoomNotice.@Nullable Probe probe;
  private long probePing;

  BinarySocket(PyrycodePorts ports, BinaryCaller caller, ConnectionCap.Slot slot) {
    this.ports = ports;
    this.caller = caller;
    this.slot = slot;
    this.room = new RoomKey(Dialect.PYRYCODE, caller.serverId());
    this.log = new BinaryLog(caller);
    this.forwarder = new BinaryForwarder(ports, caller, log);
  }

  @Override
  public RoomKey room() {
    return room;
  }

  @Override
  public Role role() {
    return Role.AGENT;
  }

  /** The room may probe an incumbent before it answers, so it is given that much longer. */
  @Override
  public void opened(Socket socket) {
    line = Line.open(socket, ports, room);
    socket.hold();
    var patience = ports.settings().probeTimeout().plus(ports.settings().attachTimeout());
    phase = new Attaching(Asking.begin(socket.now(), patience));
    askForSlot();
    wakeLater();
  }

  @Override
  public void message(ByteBuffer payload) {
    if (!(phase instanceof Seated(long epoch))) {
      return;
    }
    forwarder.forward(payload, epoch, socket());
  }

  @Override
  public void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    if (!(phase instanceof Seated(long mine)) || epoch != mine) {
      return;
    }
    boolean isQueued =
        switch (delivery) {
          case FRAME -> socket().forward(NOTHING, payload, NOTHING);
          case NOTICE -> socket().send(payload);
          case CLOSE -> throw new IllegalStateException("only a phone is closed by its peer");
        };
    if (!isQueued) {
      leaveSeat(new Ending(false));
      line().backlogFull("binary backlog full");
    }
  }

  @Override
  public void told(RoomNotice notice) {
    switch (notice) {
      case RoomNotice.AgentGranted granted -> granted(granted);
      case RoomNotice.Refused(_, var why, _) -> refused(why);
      case RoomNotice.PhoneJoined(_, long epoch, var connection, var phone, _, _) ->
          forwarder.phones().joined(connection, epoch, socket().target(phone));
      case RoomNotice.PhoneLeft left -> phoneLeft(left);
      case RoomNotice.Close close -> displaced(close);
      case RoomNotice.Probe asked -> {
        probe = asked;
        probePing = line().probe();
      }
      case RoomNotice.PhoneGranted _, RoomNotice.AgentLeft _ ->
          throw new IllegalStateException(notice + " is for a phone");
    }
    wakeLater();
  }

  /** A phone's own node sends the close notice; of a lost node this socket does (pyrycode 3.6). */
  private void phoneLeft(RoomNotice.PhoneLeft left) {
    boolean isUnannounced = forwarder.phones().left(left.connection()) && left.isLost();
    if (isUnannounced && phase instanceof Seated) {
      socket().send(ByteBuffer.wrap(EnvelopeCodec.closeNotice(left.connection(), GOING_AWAY)));
    }
  }

  /** Asking again wakes the room, which then sees who is gone. */
  @Override
  public void nodeLost() {
    if (phase instanceof Seated) {
      askForSlot();
    }
  }

  private void granted(RoomNotice.AgentGranted granted) {
    switch (phase) {
      case Attaching _ -> takeSeat(granted);
      case Unseated _ -> phase = new Unseated(true);
      // An answer to a question that was asked twice.
      case Seated _, Unopened _, Ending _ -> {}
    }
  }

  private void takeSeat(RoomNotice.AgentGranted granted) {
    phase = new Seated(granted.epoch());
    forwarder.phones().keepOnly(granted.epoch());
    ports.connected().joined(Role.AGENT);
    ports.meters().upgradeDecided(Endpoint.SERVER, Outcome.ACCEPT);
    if (granted.tookOver()) {
      log.takeover(socket().remote());
    }
    log.claimed(socket().remote());
    socket().release();
  }

  private void refused(Refusal why) {
    if (phase instanceof Attaching(var asking)) {
      phase = new Unseated(!asking.isAskedOnce());
      Rejection.of(why).carryOut(line());
    }
  }

  private void displaced(RoomNotice.Close close) {
    switch (phase) {
      case Seated _ -> leaveSeat(new Ending(close.cause() == CloseCause.TAKEN_OVER));
      case Attaching _ -> phase = new Unseated(true);
      case Unopened _, Unseated _, Ending _ -> {}
    }
    socket().closeNow(close.code(), close.reason(), close.cause());
  }

  @Override
  public void pong(ByteBuffer payload) {
    line().pong(payload);
    RoomNotice.Probe asked = probe;
    if (asked != null && line().liveness().isAnswered(probePing)) {
      probe = null;
      line().tell(new RoomCommand.ProbeAnswered(line().address(), asked.probe()));
    }
  }

  @Override
  public void written(int messages) {
    ports.meters().framesForwarded(Direction.PHONE_TO_BINARY, messages);
  }

  @Override
  public void due(long now) {
    switch (phase) {
      case Attaching(var asking) when asking.isOver(now) -> {
        phase = new Unseated(true);
        line().roomUnavailable();
      }
      case Attaching(var asking) when asking.isDue(now) -> {
        phase = new Attaching(asking.again(now));
        askForSlot();
      }
      case Seated _ -> {
        if (!line().beat(now)) {
          leaveSeat(new Ending(false));
        }
      }
      case Attaching _, Unopened _, Unseated _, Ending _ -> {}
    }
    wakeLater();
  }

  private void wakeLater() {
    switch (phase) {
      case Attaching(var asking) -> socket().wakeAt(asking.nextDue());
      case Seated _ -> socket().wakeAt(line().liveness().nextDue());
      case Unopened _, Unseated _, Ending _ -> {}
    }
  }

  @Override
  public void closed(Closure closure) {
    slot.release();
    switch (phase) {
      case Unopened _ -> {}
      case Unseated(boolean mayHoldSlot) -> {
        if (mayHoldSlot) {
          line().detach(closure);
        }
      }
      case Attaching _ -> line().detach(closure);
      case Seated _ -> {
        leaveSeat(new Ending(false));
        release(false, closure);
      }
      case Ending(boolean isDisplaced) -> release(isDisplaced, closure);
    }
  }

  private void release(boolean isDisplaced, Closure closure) {
    log.readEnd(closure);
    line().detach(closure);
    if (!isDisplaced) {
      log.released();
    }
  }

  private void askForSlot() {
    line().tell(new RoomCommand.AttachAgent(line().address(), caller.connId()));
  }

  private void leaveSeat(BinaryPhase next) {
    phase = next;
    ports.connected().left(Role.AGENT);
  }

  private Line line() {
    return Objects.requireNonNull(line, "the socket has not opened");
  }

  private Socket socket() {
    return line().socket();
  }
}
