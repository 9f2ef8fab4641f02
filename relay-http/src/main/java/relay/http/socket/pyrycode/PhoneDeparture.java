package relay.http.socket.pyrycode;

import java.nio.ByteBuffer;
import relay.core.protocol.pyrycode.EnvelopeCodec;
import relay.core.room.CloseCause;
import relay.http.socket.Closure;
import relay.http.socket.Delivery;
import relay.http.socket.pyrycode.AgentPresence.Present;
import relay.http.socket.pyrycode.PhonePhase.Attaching;
import relay.http.socket.pyrycode.PhonePhase.Dismissed;
import relay.http.socket.pyrycode.PhonePhase.Ending;
import relay.http.socket.pyrycode.PhonePhase.Seated;
import relay.http.socket.pyrycode.PhonePhase.Stopped;
import relay.http.socket.pyrycode.PhonePhase.Unopened;
import relay.http.socket.pyrycode.PhonePhase.Unseated;

/**
 * What is said when a phone's connection has ended: to its binary a close notice (pyrycode 3.6), to
 * the room that the slot is free, to the log the rest, in this order.
 *
 * @param unwritten frames for the phone that never reached the network
 */
record PhoneDeparture(Line line, PhoneCaller caller, int unwritten, Closure closure) {
  private static final int GOING_AWAY = 1001;
  private static final byte[] NOTHING = {};

  void from(PhonePhase phase) {
    PhoneLog log = new PhoneLog(caller);
    switch (phase) {
      case Unopened _ ->
          throw new IllegalStateException("a socket that has not opened has no line");
      case Attaching _ -> line.detach(closure);
      case Unseated(boolean mayHoldSlot) -> {
        if (mayHoldSlot) {
          line.detach(closure);
        }
      }
      case Seated(var agent) -> wasRead(agent, log);
      case Ending(var agent) -> wasRead(agent, log);
      case Stopped(var agent) -> unregister(agent, log);
      case Dismissed dismissed -> wasDismissed(dismissed, log);
    }
  }

  private void wasRead(AgentPresence agent, PhoneLog log) {
    if (closure.cause() == CloseCause.WRITE_TIMEOUT && unwritten > 0) {
      log.writeFailed(closure);
    }
    log.readEnd(closure);
    unregister(agent, log);
  }

  /** A binary that asked for the close is not told of it. */
  private void wasDismissed(Dismissed dismissed, PhoneLog log) {
    if (dismissed.withFrame() && unwritten > 0) {
      log.lastFrameFailed(dismissed.code(), closure);
    } else {
      log.closedByBinary(dismissed.code());
    }
    log.readEnd(closure);
    unregister(new AgentPresence.Unknown(), log);
  }

  private void unregister(AgentPresence agent, PhoneLog log) {
    if (agent instanceof Present present) {
      notify(present, log);
    }
    line.detach(closure);
    log.unregistered();
  }

  private void notify(Present agent, PhoneLog log) {
    int code = closure.code() == 0 ? GOING_AWAY : closure.code();
    ByteBuffer notice = ByteBuffer.wrap(EnvelopeCodec.closeNotice(caller.connId(), code));
    boolean isSent =
        line.socket()
            .sendTo(agent.agent(), Delivery.NOTICE, agent.epoch(), NOTHING, notice, NOTHING, 0);
    if (!isSent) {
      log.noticeFailed(code);
    }
  }
}
