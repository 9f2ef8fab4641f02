package relay.http.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.lang.reflect.Proxy;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import relay.http.socket.SocketHandler;
import relay.http.socket.SocketLimits;
import relay.http.socket.Upgrade;

/** A socket phase that says whom it serves and then returns every byte. */
final class EchoPhase implements SocketPhase {
  static final Upgrade UPGRADE =
      new Upgrade(
          (SocketHandler)
              Proxy.newProxyInstance(
                  EchoPhase.class.getClassLoader(),
                  new Class<?>[] {SocketHandler.class},
                  (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                  }),
          new SocketLimits(
              1, 1, 0, false, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));

  /** The handlers of each connection that became a socket, as they were with its first bytes. */
  final List<List<String>> pipelines = new CopyOnWriteArrayList<>();

  @Override
  public ChannelHandler begin(Upgrade upgrade, String remote) {
    return new Echo(remote);
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    private final String remote;

    private Echo(String remote) {
      this.remote = remote;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      String greeting = "hello " + remote + "\n";
      var _ =
          ctx.writeAndFlush(
              ByteBufUtil.encodeString(
                  ctx.alloc(), CharBuffer.wrap(greeting), StandardCharsets.US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ChannelPipeline pipeline = ctx.pipeline();
      ctx.executor()
          .execute(
              () ->
                  pipelines.add(
                      pipeline.toMap().values().stream()
                          .map(handler -> handler.getClass().getSimpleName())
                          .toList()));
      var _ = ctx.writeAndFlush(message);
    }
  }
}
