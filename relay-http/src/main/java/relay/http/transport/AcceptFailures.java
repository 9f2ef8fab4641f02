package relay.http.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * Counts failed accepts, such as for want of file descriptors. Netty's acceptor behind it then
 * pauses for a second, so that a full table does not make the loop spin.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final EventLog LOG = EventLog.of(AcceptFailures.class);

  private final ListenerMeters meters;

  AcceptFailures(ListenerMeters meters) {
    this.meters = meters;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    meters.refused(ListenerMeters.Reason.ACCEPT_FAILED);
    LOG.warn("accept failed").with(LogKey.ERR, FailurePlace.of(cause)).write();
    ctx.fireExceptionCaught(cause);
  }
}
