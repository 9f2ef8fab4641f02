package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ErrorCode;
import relay.http.socket.Asking;
import relay.http.socket.Target;

/**
 * A Mac or a phone has its place in the room, and exchanges frames with the other side. Frames are
 * of an epoch: one of an earlier epoch comes from somebody who has been replaced, and one of a
 * later epoch shows that the room has said something which did not get here.
 */
abstract sealed class Seat implements Phase permits MacSeat, PhoneSeat {
  final Line line;
  private final Inquiry inquiry = new Inquiry();
  private final ChangePace pace = new ChangePace();
  long epoch;

  /** Of the peer that the client was last told of. */
  private long metEpoch;

  Seat(Line line, long epoch) {
    this.line = line;
    this.epoch = epoch;
  }

  /** Puts the question again that was answered with this seat. */
  abstract void ask();

  /** Lets the client wait for what its room says to a change, which has to be asked yet. */
  final Asking awaitTurn() {
    line.hold(Line.Wait.ROOM);
    return Asking.notBefore(pace.next(line.now()), line.ports().settings().attachTimeout());
  }

  /**
   * Hands a frame on, if there is somebody to take it. If not, the room may have said that there is
   * and not been heard.
   */
  final void handOn(@Nullable Target to, ByteBuffer payload) {
    if (to == null || !line.relay(to, epoch, payload)) {
      line.sayError(ErrorCode.NO_PEER);
      inquire();
    }
  }

  @Override
  public final Phase delivered(long of, ByteBuffer payload) {
    if (of == epoch && of == metEpoch) {
      Ended overflow = line.forward(payload);
      return overflow == null ? this : overflow;
    }
    Ended overflow = of >= epoch ? line.keepEarly(of, payload) : null;
    if (of > epoch) {
      inquire();
    }
    return overflow == null ? this : overflow;
  }

  /** The peer has just been announced, whose frames may have come before. */
  final Phase heardOfPeer() {
    metEpoch = epoch;
    Ended overflow = line.forwardEarly(epoch);
    return overflow == null ? this : overflow;
  }

  @Override
  public final void nodeLost() {
    ask();
  }

  private void inquire() {
    if (inquiry.mayBegin(line.now())) {
      ask();
    }
  }
}
