package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells of the same bytes what Netty's WebSocket codec makes of them, in {@link Heard}'s words. */
final class NettyOracle extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final List<String> NOTHING = List.of();
  private static final Set<Ends> ALLOWED =
      Set.of(
          new Ends(NOTHING, NOTHING),
          new Ends(List.of("violation 1002"), NOTHING),
          new Ends(List.of("violation 1007"), NOTHING),
          new Ends(List.of("violation 1009"), NOTHING),
          new Ends(List.of("violation 1009"), List.of("violation 1007")),
          new Ends(NOTHING, List.of("violation 1002")),
          new Ends(NOTHING, List.of("violation 1009")));

  private final List<String> lines = new ArrayList<>();
  private boolean isOver;

  /** What only one of the two heard, behind what both did. */
  private record Ends(List<String> ours, List<String> nettys) {}

  /**
   * Both hear the same. Only of a last frame one may judge sooner: we its first two bytes, its text
   * and how long it would make its message, Netty its own length. Netty counts a message's bytes
   * once a fragment is whole, and looks at its text before.
   */
  static void assertAgrees(List<String> heard, byte[] input, int maxMessageBytes) {
    List<String> expected = version13(input, maxMessageBytes);
    int common = 0;
    while (common < Math.min(heard.size(), expected.size())
        && heard.get(common).equals(expected.get(common))) {
      common++;
    }
    assertThat(
            new Ends(
                heard.subList(common, heard.size()), expected.subList(common, expected.size())))
        .as("heard %s where Netty heard %s", heard, expected)
        .isIn(ALLOWED);
  }

  static List<String> version13(byte[] input, int maxMessageBytes) {
    WebSocketDecoderConfig config = config(maxMessageBytes);
    WebSocket08FrameDecoder decoder =
        new WebSocket13FrameDecoder(config) {
          @Override
          protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
            refuseWhatNettyLetsPass(body);
            super.checkCloseFrameBody(context, body);
          }
        };
    return read(decoder, input, maxMessageBytes);
  }

  static List<String> version08(byte[] input, int maxMessageBytes) {
    WebSocketDecoderConfig config = config(maxMessageBytes);
    WebSocket08FrameDecoder decoder =
        new WebSocket08FrameDecoder(config) {
          @Override
          protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
            refuseWhatNettyLetsPass(body);
            super.checkCloseFrameBody(context, body);
          }
        };
    return read(decoder, input, maxMessageBytes);
  }

  /** A code past 4999 passes, and a body of one byte is called invalid data (RFC 6455 5.5.1). */
  private static void refuseWhatNettyLetsPass(ByteBuf body) {
    if (body.readableBytes() == 1
        || (body.isReadable() && body.getUnsignedShort(body.readerIndex()) > 4999)) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "close frame", null);
    }
  }

  private static WebSocketDecoderConfig config(int maxMessageBytes) {
    return WebSocketDecoderConfig.newBuilder()
        .expectMaskedFrames(true)
        .allowExtensions(false)
        .maxFramePayloadLength(maxMessageBytes)
        .closeOnProtocolViolation(false)
        .build();
  }

  private static List<String> read(WebSocket08FrameDecoder decoder, byte[] input, int max) {
    NettyOracle oracle = new NettyOracle();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            decoder, new Utf8FrameValidator(false), new WebSocketFrameAggregator(max), oracle);
    channel.writeInbound(Unpooled.copiedBuffer(input));
    channel.finishAndReleaseAll();
    return oracle.lines;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    byte[] payload = ByteBufUtil.getBytes(frame.content());
    switch (frame) {
      case TextWebSocketFrame _ -> add(Heard.textLine(new String(payload, UTF_8)));
      case BinaryWebSocketFrame _ -> add(Heard.binaryLine(payload));
      case PingWebSocketFrame _ -> add("ping " + Heard.shown(payload));
      case CloseWebSocketFrame close -> end(closeLine(close, payload));
      default -> add("pong " + Heard.shown(payload));
    }
  }

  /** A reason that stops within a character passes in Netty too. */
  private static String closeLine(CloseWebSocketFrame close, byte[] payload) {
    if (payload.length == 0) {
      return "close 1005 ";
    }
    try {
      ByteBuffer reason = ByteBuffer.wrap(payload, 2, payload.length - 2);
      return "close " + close.statusCode() + " " + UTF_8.newDecoder().decode(reason);
    } catch (CharacterCodingException _) {
      return "violation 1007";
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isOver) {
      end("violation " + codeOf(cause.getCause() == null ? cause : cause.getCause()));
    }
  }

  private static int codeOf(Throwable fault) {
    return switch (fault) {
      case CorruptedWebSocketFrameException broken -> broken.closeStatus().code();
      case TooLongFrameException _ -> 1009;
      default -> throw new IllegalStateException("unexpected from Netty", fault);
    };
  }

  private void end(String line) {
    add(line);
    isOver = true;
  }

  private void add(String line) {
    if (!isOver) {
      lines.add(line);
    }
  }
}
