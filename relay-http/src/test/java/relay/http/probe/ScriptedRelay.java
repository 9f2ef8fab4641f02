package relay.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A relay for one binary and one phone on one loop, with one fault at most. */
final class ScriptedRelay implements AutoCloseable {
  /** What goes wrong, the step that must fail of it, and what the report must say. */
  enum Fault {
    NONE("", ""),
    BINARY_REFUSED("noise_init reaches the binary", "closed with 4409 \"claimed\""),
    PHONE_REFUSED("noise_init reaches the binary", "closed with 4404 \"no server\""),
    HANGS_UP("binary connects", "Exception: "),
    UPGRADE_REFUSED("binary connects", "refused with HTTP 429"),
    PHONE_FRAMES_LOST("noise_init reaches the binary", "nothing reached the binary"),
    BINARY_FRAMES_LOST("noise_resp reaches the phone", "nothing reached the phone"),
    FRAME_CHANGED("noise_init reaches the binary", "not what was sealed"),
    NO_NOTICE("close notice reaches the binary", "nothing reached the binary");

    final String step;
    final String told;
    final Duration patience;

    Fault(String step, String told) {
      this.step = step;
      this.told = told;
      patience = Duration.ofSeconds(isSilence() ? 10 : 30);
    }

    /** Whether it is noticed only when patience ends. */
    boolean isSilence() {
      return told.startsWith("nothing");
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONN_ID = "client-x-00000000";

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Fault fault;
  private final Channel listener;
  private final AtomicInteger refusedPhones = new AtomicInteger();
  private @Nullable Channel binary;
  private @Nullable Channel phone;

  ScriptedRelay(Fault fault) {
    this.fault = fault;
    listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192));
                    if (fault == Fault.HANGS_UP) {
                      var _ = connection.close();
                    }
                    if (fault == Fault.UPGRADE_REFUSED) {
                      connection.pipeline().addLast(new Refusing());
                    }
                    connection
                        .pipeline()
                        .addLast(new WebSocketServerProtocolHandler("/v1", true), new Relaying());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
  }

  void refusePhones(int count) {
    refusedPhones.set(count);
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class Refusing extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      FullHttpResponse refusal =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.TOO_MANY_REQUESTS, Unpooled.EMPTY_BUFFER);
      refusal.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      var _ = context.writeAndFlush(refusal);
    }
  }

  private final class Relaying extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof HandshakeComplete upgrade)) {
        return;
      }
      Channel connection = context.channel();
      if (upgrade.requestUri().equals("/v1/server")) {
        binary = connection;
        if (fault == Fault.BINARY_REFUSED) {
          refuse(connection, 4409, "claimed");
        }
      } else if (fault == Fault.PHONE_REFUSED || refusedPhones.getAndDecrement() > 0) {
        refuse(connection, 4404, "no server");
      } else {
        phone = connection;
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame)
        throws Exception {
      JsonNode message = JSON.readTree(frame.text());
      if (context.channel() == binary) {
        if (fault != Fault.BINARY_FRAMES_LOST) {
          send(phone, message.get("frame"));
        }
      } else if (context.channel() == phone && fault != Fault.PHONE_FRAMES_LOST) {
        if (fault == Fault.FRAME_CHANGED) {
          String data = message.get("data").textValue();
          ((ObjectNode) message).put("data", "AAAA" + data.substring(4));
        }
        send(binary, envelope().set("frame", message));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel() == phone && fault != Fault.NO_NOTICE) {
        send(binary, envelope().put("close_code", 1000));
      }
    }

    private ObjectNode envelope() {
      return JSON.createObjectNode().put("conn_id", CONN_ID);
    }

    private void send(@Nullable Channel to, JsonNode message) {
      if (to != null) {
        var _ = to.writeAndFlush(new TextWebSocketFrame(message.toString()));
      }
    }

    private void refuse(Channel connection, int code, String reason) {
      var _ = connection.writeAndFlush(new CloseWebSocketFrame(code, reason));
    }
  }
}
