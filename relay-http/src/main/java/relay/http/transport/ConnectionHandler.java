package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.account.entity.AccountNotice;
import relay.http.socket.Upgrade;
import relay.http.transport.SocketTable.Dismissal;

/** Where a channel's events reach its {@link WebSocketConnection}. Keeps no buffer it was given. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private final EdgeNode node;
  private final Upgrade upgrade;
  private final String remote;
  private @Nullable WebSocketConnection opened;

  ConnectionHandler(EdgeNode node, Upgrade upgrade, String remote) {
    this.node = node;
    this.upgrade = upgrade;
    this.remote = remote;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    EdgeLoop loop = node.loopOf(context.channel().eventLoop());
    var connection = new WebSocketConnection(loop, context, upgrade, remote);
    opened = connection;
    List<AccountNotice> missed = node.sockets().add(connection);
    connection.meters().opened();
    connection.opened();
    missed.forEach(connection::announced);
    Dismissal dismissal = node.sockets().dismissal();
    if (dismissal != null) {
      connection.dismiss(dismissal);
    }
    if (!context.channel().isActive()) {
      connection.ending().dropped();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      connection().received(view(bytes));
    } catch (Throwable e) {
      connection().faulted(e);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection().loop().readComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection().ending().dropped();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error && opened != null) {
      opened.faulted(cause);
    }
    var _ = context.close();
  }

  private WebSocketConnection connection() {
    if (opened == null) {
      throw new IllegalStateException("no event comes before the handler is added");
    }
    return opened;
  }

  private static ByteBuffer view(ByteBuf bytes) {
    return bytes.nioBufferCount() == 1
        ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
        : ByteBuffer.wrap(ByteBufUtil.getBytes(bytes));
  }
}
