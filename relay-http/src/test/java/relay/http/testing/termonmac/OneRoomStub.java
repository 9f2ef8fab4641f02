package relay.http.testing.termonmac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A relay with one room, no memory and no judgement, that says what a test tells it to. */
final class OneRoomStub implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> registrations = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> joins = new ConcurrentLinkedQueue<>();
  private final Channel listener;
  private volatile @Nullable Channel mac;
  private volatile @Nullable Channel phone;
  private volatile @Nullable JsonNode macKeys;
  private volatile @Nullable JsonNode phoneKeys;
  private volatile boolean isMute;

  OneRoomStub() {
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
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192))
                        .addLast(new Refusing())
                        .addLast(new WebSocketServerProtocolHandler("/ws", true), new Meeting());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Answers the next upgrades with these. */
  void refuse(int... next) {
    for (int status : next) {
      statuses.add(status);
    }
  }

  /** Says nothing of itself any more. */
  void beMute() {
    isMute = true;
  }

  /** Returns once it is on its way. */
  void toMac(String text) {
    sayNow(mac, text);
  }

  /** Returns once it is on its way. */
  void toPhone(String text) {
    sayNow(phone, text);
  }

  void closeMac(int code) {
    closeWith(mac, code);
  }

  void closePhone(int code) {
    closeWith(phone, code);
  }

  Queue<JsonNode> registrations() {
    return registrations;
  }

  Queue<JsonNode> joins() {
    return joins;
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static void sayNow(@Nullable Channel to, String text) {
    if (to != null) {
      var _ = to.writeAndFlush(new TextWebSocketFrame(text)).syncUninterruptibly();
    }
  }

  private static void say(@Nullable Channel to, String text) {
    if (to != null) {
      var _ = to.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  private static void closeWith(@Nullable Channel connection, int code) {
    if (connection != null) {
      var _ = connection.writeAndFlush(new CloseWebSocketFrame(code, ""));
    }
  }

  private final class Refusing extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      Integer status = message instanceof FullHttpRequest ? statuses.poll() : null;
      if (status == null) {
        super.channelRead(context, message);
        return;
      }
      FullHttpResponse refusal =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
      refusal.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      var _ = context.writeAndFlush(refusal);
      ((FullHttpRequest) message).release();
    }
  }

  private final class Meeting extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame)
        throws Exception {
      JsonNode message = JSON.readTree(frame.text());
      Channel from = context.channel();
      switch (message.path("type").asText()) {
        case "register_room" -> registered(from, message);
        case "join_room" -> joined(from, message);
        case "heartbeat" -> answer(from, "{\"type\":\"heartbeat_ack\",\"mac_connected\":true}");
        default -> say(from == mac ? phone : mac, frame.text());
      }
    }

    private void registered(Channel from, JsonNode message) {
      registrations.add(message);
      boolean isNew = from != mac;
      mac = from;
      if (isNew) {
        macKeys = message;
      }
      answer(
          from,
          JSON.createObjectNode()
              .put("type", "room_registered")
              .put("room_id", message.path("room_id").asText())
              .put("max_sessions", -1)
              .toString());
      if (isNew) {
        introduce();
      }
    }

    private void joined(Channel from, JsonNode message) {
      joins.add(message);
      phone = from;
      phoneKeys = message;
      introduce();
    }

    private void introduce() {
      if (macKeys != null && phoneKeys != null) {
        answer(phone, peerJoined(macKeys));
        answer(mac, peerJoined(phoneKeys));
      }
    }

    private String peerJoined(JsonNode keys) {
      ObjectNode message = JSON.createObjectNode().put("type", "peer_joined");
      for (String name : new String[] {"public_key", "session_nonce", "ephemeral_key"}) {
        message.put(name, keys.path(name).asText());
      }
      return message.toString();
    }

    private void answer(@Nullable Channel to, String text) {
      if (!isMute) {
        say(to, text);
      }
    }
  }
}
