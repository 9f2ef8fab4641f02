package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.protocol.termonmac.ServerMessage;
import relay.core.room.Registration;
import relay.core.room.Role;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.subscription.entity.RoomReply;
import relay.http.socket.Asking;
import relay.http.socket.Target;

/**
 * A Mac holds its room.
 *
 * <pre>
 * Mac ── relay ──► a phone there? ── sendTo ──► the phone's socket
 * Mac ◄── forward ── of my epoch? ◄─ delivered ── the phone's socket
 * </pre>
 *
 * <p>Each phone begins an epoch, so that of a phone that was replaced nothing is heard any more.
 */
final class MacSeat extends Seat {
  /** Well within the time a room counts for its account after its Mac was last there. */
  static final long RENEW_MILLIS = Duration.ofMinutes(5).toMillis();

  /** Until it is answered, the room may be one that does not count. */
  static final long UNANSWERED_MILLIS = Duration.ofSeconds(30).toMillis();

  private Registration registration;
  private @Nullable Change change;
  private @Nullable Phone phone;
  private long renewAt;

  /** The phone that is there. */
  private record Phone(String connection, Target target) {}

  /** What the Mac has said anew of itself, and its room has not answered yet. */
  private record Change(Registration registration, Asking asking) {}

  private MacSeat(Line line, Registration registration, long epoch) {
    super(line, epoch);
    this.registration = registration;
  }

  static MacSeat take(Line line, Registration registration, long epoch) {
    MacSeat seat = new MacSeat(line, registration, epoch);
    line.ports().meters().seated(Role.AGENT);
    SocketLog.of(line).registered();
    seat.sayRegistered();
    // The lease may have been released between its grant and now.
    seat.renew();
    return seat;
  }

  private void sayRegistered() {
    line.answer(new ServerMessage.RoomRegistered(line.room().id(), line.maxSessions().orElse(-1)));
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    switch (message) {
      case ClientMessage.Relay _, ClientMessage.RelayBatch _ ->
          handOn(phone == null ? null : phone.target, payload);
      case ClientMessage.RegisterRoom asked when line.names(asked.roomId()) -> registerAgain(asked);
      case ClientMessage.RegisterRoom _, ClientMessage.JoinRoom _ ->
          line.mistaken(ErrorCode.BAD_MESSAGE);
      case ClientMessage.Heartbeat _, ClientMessage.Malformed _ ->
          throw new IllegalArgumentException(message + " is of no phase");
    }
    return this;
  }

  /** How a Mac changes its secret (TermOnMac 3.2). */
  private void registerAgain(ClientMessage.RegisterRoom asked) {
    change = new Change(Introductions.of(asked, line.caller().account()), awaitTurn());
    askInTime(line.now());
  }

  private void askInTime(long now) {
    if (change != null && change.asking.isDue(now)) {
      change = new Change(change.registration, change.asking.again(now));
      ask();
    }
  }

  /** A change that is under way is asked for again, since its room may know of it already. */
  @Override
  void ask() {
    Change asked = changeAsked();
    Registration shown = asked == null ? registration : asked.registration;
    line.tell(new RoomCommand.AttachAgent(line.address(), line.connection(), shown, epoch));
  }

  private @Nullable Change changeAsked() {
    return change != null && change.asking.isAsked() ? change : null;
  }

  @Override
  public Phase told(RoomNotice notice) {
    switch (notice) {
      case RoomNotice.AgentGranted granted -> granted(granted.epoch());
      case RoomNotice.PhoneJoined joined -> {
        return joined(joined);
      }
      case RoomNotice.PhoneLeft left -> left(left);
      case RoomNotice.Refused refused -> refused(refused);
      case RoomNotice.Close close -> {
        return line.evicted(close);
      }
      case RoomNotice.PhoneGranted _, RoomNotice.AgentLeft _, RoomNotice.Probe _ ->
          throw new IllegalStateException(notice + " is not for a Mac");
    }
    return this;
  }

  private void granted(long granted) {
    if (granted > epoch) {
      epoch = granted;
      phone = null;
      line.meter().unpaired(line.now());
    }
    Change answered = changeAsked();
    if (answered != null) {
      registration = answered.registration;
      change = null;
      sayRegistered();
      line.release(Line.Wait.ROOM);
    }
  }

  private void refused(RoomNotice.Refused refused) {
    if (changeAsked() != null) {
      change = null;
      line.mistaken(Rejection.of(refused.why()).toMac(line));
      line.release(Line.Wait.ROOM);
    }
  }

  /** Said once of each phone's connection, however often the room says it (TermOnMac 0.3). */
  private Phase joined(RoomNotice.PhoneJoined joined) {
    boolean isNews = joined.epoch() > epoch || (joined.epoch() == epoch && phone == null);
    if (isNews) {
      epoch = joined.epoch();
      phone = new Phone(joined.connection(), line.target(joined.phone()));
      line.say(new ServerMessage.PeerJoined(Introductions.shown(joined.keys())));
      line.meter().paired(true, line.now());
      return heardOfPeer();
    }
    return this;
  }

  private void left(RoomNotice.PhoneLeft left) {
    if (phone != null && phone.connection.equals(left.connection())) {
      phone = null;
      line.say(Departure.of(left.cause()));
      line.meter().unpaired(line.now());
    }
  }

  @Override
  public long nextDue() {
    return change == null ? renewAt : Math.min(renewAt, change.asking.nextDue());
  }

  @Override
  public Phase due(long now) {
    if (change != null && change.asking.isOver(now)) {
      return line.shutUnavailable();
    }
    askInTime(now);
    if (now >= renewAt) {
      renew();
    }
    return this;
  }

  private void renew() {
    renewAt = line.now() + RENEW_MILLIS;
    line.await(
        this,
        line.ports().allowance().acquireRoom(line.caller().account(), line.room().id()),
        this::renewed);
  }

  private Phase renewed(@Nullable RoomReply reply) {
    return switch (reply) {
      case RoomReply.RoomGranted _ -> this;
      case RoomReply.RoomLimit _ -> Acquiring.shutOverLimit(line);
      case null -> {
        renewAt = line.now() + UNANSWERED_MILLIS;
        yield this;
      }
    };
  }

  @Override
  public Presence presence() {
    return Presence.MAC;
  }

  @Override
  public void left(Ended how) {
    line.ports().meters().unseated(Role.AGENT);
    SocketLog.of(line).macLeft(how);
    line.detach(how);
  }
}
