package relay.http.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;
import relay.core.room.CloseCause;
import relay.http.frame.CloseHandshake;
import relay.http.frame.CloseHandshake.Step;
import relay.http.frame.WireCode;
import relay.http.socket.Closure;
import relay.http.socket.SocketLimits;

/**
 * How one socket ends: the close handshake (RFC 6455 7), its deadlines (pyrycode 1.7), and what the
 * handler is told about it. The first close wins, whoever begins it; a later one that will not wait
 * only ends its wait for what is queued.
 */
final class SocketEnding {
  private static final byte[] NO_FRAME = {};

  private final WebSocketConnection connection;
  private final Channel channel;
  private final SocketLimits limits;
  private final Parts parts;
  private final CloseHandshake handshake = new CloseHandshake();
  private @Nullable Closure closure;
  private boolean isViolated;

  SocketEnding(WebSocketConnection connection, Channel channel, SocketLimits limits, Parts parts) {
    this.connection = connection;
    this.channel = channel;
    this.limits = limits;
    this.parts = parts;
  }

  /** Nobody has begun to close. */
  boolean isOpen() {
    return handshake.isOpen();
  }

  void close(int code, String reason, CloseCause cause) {
    if (isOpen()) {
      begin(handshake.close(code, reason), new Closure(cause, code));
      closeWithin(writeAndAnswerMillis());
    }
  }

  void closeNow(int code, String reason, CloseCause cause) {
    dropQueued();
    close(code, reason, cause);
  }

  void peerClosed(int code, String reason) {
    boolean isFirst = isOpen();
    Step step = handshake.received(code, reason);
    if (isFirst) {
      dropQueued();
      begin(step, new Closure(CloseCause.PEER_CLOSED, code));
      closeWithin(limits.closeTimeout().toMillis());
      end();
    } else if (step == Step.DISCONNECT) {
      disconnect();
    }
  }

  void violated(int code, String reason) {
    boolean isFirst = isOpen();
    isViolated = true;
    Step step = handshake.violated(code, reason);
    if (isFirst) {
      boolean isTooBig = code == WireCode.TOO_BIG;
      dropQueued();
      begin(
          step,
          new Closure(isTooBig ? CloseCause.MESSAGE_TOO_BIG : CloseCause.PROTOCOL_ERROR, code));
      closeWithin(writeAndAnswerMillis());
    } else if (step == Step.DISCONNECT) {
      disconnect();
    }
  }

  /** The close frame, or what stands in its place, was taken by the network. */
  void lastWritten() {
    boolean isSaid = WireCode.isSendable(handshake.code());
    Step step = isSaid ? handshake.sent() : Step.DISCONNECT;
    if (isSaid && isViolated) {
      // Bytes left unread would make the kernel reset the connection, and the frame is lost.
      if (channel instanceof DuplexChannel duplex) {
        var _ = duplex.shutdownOutput();
      }
      closeWithin(limits.closeTimeout().toMillis());
    } else if (step == Step.DISCONNECT) {
      disconnect();
    } else {
      closeWithin(limits.closeTimeout().toMillis());
    }
  }

  /** Lets the connection go, finished or not. */
  void disconnect() {
    end();
    var _ = channel.close();
  }

  /** The peer takes nothing: the connection is not worth a goodbye. */
  void reset() {
    if (closure == null) {
      closure = new Closure(CloseCause.WRITE_TIMEOUT, 0);
    }
    end();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = channel.close();
  }

  /** The connection has ended, however that came; what the peer said before is not lost. */
  void dropped() {
    parts.timer.stop();
    parts.output.release();
    if (parts.input.ended()) {
      end();
    }
  }

  /** Everything that came before the connection ended has found room. */
  void delivered() {
    end();
  }

  private void begin(Step step, Closure how) {
    closure = how;
    parts.output.last(step == Step.SEND_FRAME ? handshake.frame() : NO_FRAME);
    parts.congestion.end();
    parts.input.discard();
  }

  /** However slowly the peer takes what comes before the close frame, its time is bounded. */
  private long writeAndAnswerMillis() {
    return limits.writeTimeout().plus(limits.closeTimeout()).toMillis();
  }

  private void closeWithin(long millis) {
    parts.timer.closeWithin(millis);
  }

  private void dropQueued() {
    int messages = parts.output.dropMessages();
    if (messages > 0) {
      connection.meters().dropped(SocketMeters.Drop.CLOSED_AHEAD, messages);
    }
  }

  private void end() {
    if (parts.handler.isOver()) {
      return;
    }
    Closure how = closure == null ? new Closure(CloseCause.PEER_DROPPED, 0) : closure;
    closure = how;
    parts.congestion.end();
    connection.meters().closed(how.cause());
    parts.handler.closed(how);
    // Last, since a drain is over with it, and its room must have been told by then.
    connection.loop().node().sockets().remove(connection);
  }

  /** The parts of a socket that have to do with its end. */
  record Parts(
      GuardedHandler handler,
      SocketInput input,
      SocketOutput output,
      SocketTimer timer,
      Congestion congestion) {}
}
