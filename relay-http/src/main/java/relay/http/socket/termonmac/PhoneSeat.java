package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.protocol.termonmac.ServerMessage;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.Role;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Asking;
import relay.http.socket.Target;

/**
 * A phone has joined its room, whose Mac may be there or away.
 *
 * <pre>
 * phone ── relay ──► the Mac there? short enough? ── sendTo ──► the Mac's socket
 * phone ◄── forward ── of my epoch? ◄─────────── delivered ──── the Mac's socket
 * </pre>
 *
 * <p>News of the Mac reach it on two ways and may overtake each other: a higher epoch is later, and
 * within one epoch a Mac is first there and then gone.
 */
final class PhoneSeat extends Seat {
  private JoinRequest request;
  private @Nullable Asking asking;
  private long leftEpoch;
  private @Nullable Target mac;

  private PhoneSeat(Line line, JoinRequest request, long leftEpoch) {
    super(line, 0);
    this.request = request;
    this.leftEpoch = leftEpoch;
  }

  static PhoneSeat take(Line line, JoinRequest request, long leftEpoch) {
    line.ports().meters().seated(Role.PHONE);
    SocketLog.of(line).joined();
    return new PhoneSeat(line, request, leftEpoch);
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    switch (message) {
      case ClientMessage.Relay _, ClientMessage.RelayBatch _ -> relay(payload);
      case ClientMessage.JoinRoom asked when line.names(asked.roomId()) -> joinAgain(asked);
      case ClientMessage.RegisterRoom _, ClientMessage.JoinRoom _ ->
          line.mistaken(ErrorCode.BAD_MESSAGE);
      case ClientMessage.Heartbeat _, ClientMessage.Malformed _ ->
          throw new IllegalArgumentException(message + " is of no phase");
    }
    return this;
  }

  /** A longer message would cost the Mac its connection (TermOnMac 9.4). */
  private void relay(ByteBuffer payload) {
    if (payload.remaining() > line.ports().settings().maxBytesToMac()) {
      line.sayError(ErrorCode.MESSAGE_TOO_LARGE);
    } else {
      handOn(mac, payload);
    }
  }

  private void joinAgain(ClientMessage.JoinRoom asked) {
    request = Introductions.of(asked, line.caller().account());
    asking = awaitTurn();
    askInTime(line.now());
  }

  private void askInTime(long now) {
    if (asking != null && asking.isDue(now)) {
      asking = asking.again(now);
      ask();
    }
  }

  @Override
  void ask() {
    line.tell(new RoomCommand.AttachPhone(line.address(), line.connection(), request, epoch));
  }

  @Override
  public Phase told(RoomNotice notice) {
    switch (notice) {
      case RoomNotice.PhoneGranted granted -> {
        return granted(granted);
      }
      case RoomNotice.AgentLeft left -> macLeft(left.epoch(), left.cause());
      case RoomNotice.Close close -> {
        return line.evicted(close);
      }
      case RoomNotice.Refused refused -> {
        SocketLog.of(line).refused(refused.why());
        Rejection rejection = Rejection.of(refused.why());
        line.sayError(rejection.chargedTo(line));
        return line.shutRefused(rejection.closeReason());
      }
      case RoomNotice.AgentGranted _,
          RoomNotice.PhoneJoined _,
          RoomNotice.PhoneLeft _,
          RoomNotice.Probe _ ->
          throw new IllegalStateException(notice + " is not for a phone");
    }
    return this;
  }

  Phase granted(RoomNotice.PhoneGranted granted) {
    if (asking != null && asking.isAsked()) {
      asking = null;
      line.release(Line.Wait.ROOM);
    }
    if (granted.agent() == null) {
      macLeft(granted.epoch(), null);
      epoch = Math.max(epoch, granted.epoch());
    } else if (granted.epoch() > leftEpoch
        && (granted.epoch() > epoch || (granted.epoch() == epoch && mac == null))) {
      epoch = granted.epoch();
      mac = line.target(granted.agent());
      line.say(new ServerMessage.PeerJoined(Introductions.shown(granted.keys())));
      line.meter().paired(false, line.now());
      return heardOfPeer();
    }
    return this;
  }

  private void macLeft(long of, @Nullable CloseCause cause) {
    leftEpoch = Math.max(leftEpoch, of);
    if (mac != null && of >= epoch) {
      mac = null;
      line.say(Departure.of(cause));
      line.meter().unpaired(line.now());
    }
  }

  @Override
  public long nextDue() {
    return asking == null ? NEVER : asking.nextDue();
  }

  @Override
  public Phase due(long now) {
    if (asking != null && asking.isOver(now)) {
      return line.shutUnavailable();
    }
    askInTime(now);
    return this;
  }

  @Override
  public Presence presence() {
    return mac == null ? Presence.PHONE_ALONE : Presence.PHONE_WITH_MAC;
  }

  @Override
  public void left(Ended how) {
    line.ports().meters().unseated(Role.PHONE);
    SocketLog.of(line).phoneLeft(how);
    line.detach(how);
  }
}
