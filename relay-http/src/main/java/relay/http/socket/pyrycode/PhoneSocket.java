package relay.http.socket.pyrycode;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.JsonText;
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
import relay.http.socket.pyrycode.AgentPresence.Away;
import relay.http.socket.pyrycode.AgentPresence.Present;
import relay.http.socket.pyrycode.AgentPresence.Unknown;
import relay.http.socket.pyrycode.PhonePhase.Attaching;
import relay.http.socket.pyrycode.PhonePhase.Dismissed;
import relay.http.socket.pyrycode.PhonePhase.Ending;
import relay.http.socket.pyrycode.PhonePhase.Seated;
import relay.http.socket.pyrycode.PhonePhase.Stopped;
import relay.http.socket.pyrycode.PhonePhase.Unopened;
import relay.http.socket.pyrycode.PhonePhase.Unseated;
import relay.http.socket.pyrycode.PyrycodeMeters.Direction;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.throttle.ConnectionCap;

/**
 * What the relay says on a phone's socket.
 *
 * <pre>
 * phone ── message ──► is it JSON? ──► {"conn_id":…,"frame": message } ── sendTo ──► its binary
 * phone ◄── forward ── of my epoch? ◄── the bytes under "frame" ◄──── delivered ──── its binary
 * </pre>
 *
 * <p>What is longer waits in two places, both bounded by the socket: the phone's queue, and the
 * messages it sent before its room answered.
 */
final class PhoneSocket implements SocketHandler {
  private static final int NORMAL = 1000;
  private static final byte[] NOTHING = {};
  private static final byte[] TAIL = EnvelopeCodec.tail();

  /** After these the binary that knew the phone does not hold the server-id any more (3.6). */
  private static final Set<CloseCause> AGENT_IS_GONE =
      EnumSet.of(
          CloseCause.RECLAIMED,
          CloseCause.TAKEN_OVER,
          CloseCause.GRACE_EXPIRED,
          CloseCause.FORGOTTEN);

  private final PyrycodePorts ports;
  private final PhoneCaller caller;
  private final ConnectionCap.Slot slot;
  private final RoomKey room;
  private final PhoneLog log;
  private final byte[] head;
  private @Nullable Line line;
  private PhonePhase phase = new Unopened();
  private int unwritten;

  PhoneSocket(PyrycodePorts ports, PhoneCaller caller, ConnectionCap.Slot slot) {
    this.ports = ports;
    this.caller = caller;
    this.slot = slot;
    this.room = new RoomKey(Dialect.PYRYCODE, caller.serverId());
    this.log = new PhoneLog(caller);
    this.head = EnvelopeCodec.head(caller.connId());
  }

  @Override
  public RoomKey room() {
    return room;
  }

  @Override
  public Role role() {
    return Role.PHONE;
  }

  @Override
  public void opened(Socket socket) {
    line = Line.open(socket, ports, room);
    socket.hold();
    Asking asking = Asking.begin(socket.now(), ports.settings().attachTimeout());
    phase = new Attaching(asking, new Unknown());
    askForSlot();
    wakeLater();
  }

  @Override
  public void message(ByteBuffer payload) {
    if (!(phase instanceof Seated(var agent))) {
      return;
    }
    if (!JsonText.isValid(payload)) {
      log.notJson();
      stop(agent, CloseCause.BAD_MESSAGE);
      return;
    }
    switch (agent) {
      case Present(long epoch, var target) -> {
        if (!socket().sendTo(target, Delivery.FRAME, epoch, head, payload, TAIL, 0)) {
          log.sendFailed();
          stop(new Unknown(), CloseCause.NO_AGENT);
        }
      }
      case Away away -> spokeToNobody(away);
      case Unknown _ -> throw new IllegalStateException("seated without news of the agent");
    }
  }

  /** A frame sent during grace ends the phone (pyrycode 3.3, 4.3). */
  private void spokeToNobody(Away away) {
    if (socket().now() < away.graceEndsAt()) {
      log.sendFailed();
    } else {
      log.noBinary();
    }
    stop(away, CloseCause.NO_AGENT);
  }

  private void stop(AgentPresence agent, CloseCause cause) {
    leaveSeat(new Stopped(agent));
    socket().closeNow(NORMAL, "", cause);
  }

  @Override
  public void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    if (!(phase instanceof Seated(var agent)) || !agent.isOfEpoch(epoch)) {
      return;
    }
    switch (delivery) {
      case FRAME -> frame(agent, payload, closeCode);
      case CLOSE -> {
        leaveSeat(new Dismissed(closeCode, false));
        socket().close(closeCode, "", CloseCause.CLOSED_BY_AGENT);
      }
      case NOTICE -> throw new IllegalStateException("a notice is for a binary");
    }
  }

  /** A directive that overflows closes the phone with its own code all the same (pyrycode 3.8). */
  private void frame(AgentPresence agent, ByteBuffer payload, int closeCode) {
    boolean isQueued = socket().forward(NOTHING, payload, NOTHING);
    if (isQueued) {
      unwritten++;
    } else {
      log.backlogFull();
    }
    if (closeCode != 0) {
      leaveSeat(new Dismissed(closeCode, true));
      if (isQueued) {
        socket().close(closeCode, "", CloseCause.CLOSED_BY_AGENT);
      } else {
        socket().closeNow(closeCode, PhoneLog.BACKLOG_FULL, CloseCause.CLOSED_BY_AGENT);
      }
    } else if (!isQueued) {
      leaveSeat(new Ending(agent));
      line().backlogFull(PhoneLog.BACKLOG_FULL);
    }
  }

  @Override
  public void told(RoomNotice notice) {
    switch (notice) {
      case RoomNotice.PhoneGranted granted -> granted(AgentPresence.of(granted, socket()));
      case RoomNotice.AgentLeft left -> phase = phase.hearing(AgentPresence.of(left, socket()));
      case RoomNotice.Refused(_, var why, _) -> refused(why);
      case RoomNotice.Close close -> evicted(close);
      case RoomNotice.AgentGranted _,
          RoomNotice.PhoneJoined _,
          RoomNotice.PhoneLeft _,
          RoomNotice.Probe _ ->
          throw new IllegalStateException(notice + " is for a binary");
    }
    wakeLater();
  }

  /** The question wakes the room, which then sees whether its agent is gone. */
  @Override
  public void nodeLost() {
    if (phase instanceof Seated) {
      line().tell(new RoomCommand.GraceElapsed(line().address()));
    }
  }

  private void granted(AgentPresence news) {
    switch (phase) {
      case Attaching(_, var heard) -> takeSeat(heard.then(news));
      case Seated _ -> phase = phase.hearing(news);
      case Unseated _ -> phase = new Unseated(true);
      case Unopened _, Stopped _, Ending _, Dismissed _ -> {}
    }
  }

  private void takeSeat(AgentPresence agent) {
    phase = new Seated(agent);
    ports.connected().joined(Role.PHONE);
    ports.meters().upgradeDecided(Endpoint.CLIENT, Outcome.ACCEPT);
    log.registered(socket().remote());
    socket().release();
  }

  private void refused(Refusal why) {
    if (phase instanceof Attaching(var asking, _)) {
      phase = new Unseated(!asking.isAskedOnce());
      Rejection.of(why).carryOut(line());
    }
  }

  private void evicted(RoomNotice.Close close) {
    switch (phase) {
      case Seated(var agent) ->
          leaveSeat(new Ending(AGENT_IS_GONE.contains(close.cause()) ? new Unknown() : agent));
      case Attaching _ -> phase = new Unseated(true);
      // What its binary said last is on its way, for a bounded time.
      case Dismissed _ -> {
        return;
      }
      case Unopened _, Unseated _, Stopped _, Ending _ -> {}
    }
    socket().closeNow(close.code(), close.reason(), close.cause());
  }

  @Override
  public void pong(ByteBuffer payload) {
    line().pong(payload);
  }

  @Override
  public void written(int messages) {
    unwritten -= messages;
    ports.meters().framesForwarded(Direction.BINARY_TO_PHONE, messages);
  }

  @Override
  public void due(long now) {
    switch (phase) {
      case Attaching(var asking, _) when asking.isOver(now) -> {
        phase = new Unseated(true);
        line().roomUnavailable();
      }
      case Attaching(var asking, var heard) when asking.isDue(now) -> {
        phase = new Attaching(asking.again(now), heard);
        askForSlot();
      }
      case Seated(var agent) -> attend(agent, now);
      case Attaching _, Unopened _, Unseated _, Stopped _, Ending _, Dismissed _ -> {}
    }
    wakeLater();
  }

  private void attend(AgentPresence agent, long now) {
    if (!line().beat(now)) {
      leaveSeat(new Ending(agent));
    } else if (agent instanceof Away away && now >= away.askAt()) {
      phase = new Seated(away.askedAt(now));
      line().tell(new RoomCommand.GraceElapsed(line().address()));
    }
  }

  private void wakeLater() {
    switch (phase) {
      case Attaching(var asking, _) -> socket().wakeAt(asking.nextDue());
      case Seated(var agent) ->
          socket().wakeAt(Math.min(line().liveness().nextDue(), agent.nextDue()));
      case Unopened _, Unseated _, Stopped _, Ending _, Dismissed _ -> {}
    }
  }

  @Override
  public void closed(Closure closure) {
    slot.release();
    if (line == null) {
      return;
    }
    PhonePhase last = phase;
    if (last instanceof Seated(var agent)) {
      leaveSeat(new Ending(agent));
    }
    new PhoneDeparture(line, caller, unwritten, closure).from(last);
  }

  private void askForSlot() {
    line().tell(new RoomCommand.AttachPhone(line().address(), caller.connId()));
  }

  private void leaveSeat(PhonePhase next) {
    phase = next;
    ports.connected().left(Role.PHONE);
  }

  private Line line() {
    return Objects.requireNonNull(line, "the socket has not opened");
  }

  private Socket socket() {
    return line().socket();
  }
}
