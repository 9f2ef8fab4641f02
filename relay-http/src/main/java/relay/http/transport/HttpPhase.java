package relay.http.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.jspecify.annotations.Nullable;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.CloseCause;
import relay.http.socket.Closure;
import relay.http.socket.Upgrade;
import relay.http.transport.ListenerMeters.Reason;

/**
 * HTTP on one connection: one request at a time, each answered by the route, until the connection
 * ends or a 101 makes a socket of it.
 *
 * <pre>
 *   bytes ─► RequestDecoder ─► head, body ─► route ─► response ─► HttpResponseEncoder ─► bytes
 *               ▲  held while an answer is awaited or written   │
 *               └───────────── next request ◄───────────────────┤
 *                                                 101 ─► SocketPhase, with the bytes behind the head
 * </pre>
 */
final class HttpPhase extends ChannelInboundHandlerAdapter {
  private static final EventLog LOG = EventLog.of(HttpPhase.class);
  private static final int ROOM_FOR_ONE_PIECE = 1 << 20;

  /** What the connection is doing; each has its own time limit. */
  private enum Stage {
    HEAD,
    BODY,
    ANSWER,
    WRITE,
    IDLE,
    OVER
  }

  private final ListenerContext context;
  private final Channel channel;
  private final InetSocketAddress peer;
  private final RequestDecoder decoder;
  private final Deadline deadline = new Deadline();
  private Stage stage = Stage.HEAD;
  private @Nullable Exchange current;
  private boolean isDraining;

  private HttpPhase(ListenerContext context, Channel channel, InetSocketAddress peer) {
    this.context = context;
    this.channel = channel;
    this.peer = peer;
    this.decoder = new RequestDecoder(context.settings(), this::headBegun);
  }

  static void enter(ChannelPipeline pipeline, ListenerContext context, InetSocketAddress peer) {
    HttpPhase phase = new HttpPhase(context, pipeline.channel(), peer);
    pipeline.addLast(phase.decoder, new HttpResponseEncoder(), phase);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    limit(context.settings().headTimeout(), this::headTimedOut);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    try {
      if (message instanceof HttpRequest head && stage == Stage.HEAD) {
        begin(head);
      }
      if (message instanceof HttpContent content && stage == Stage.BODY && current != null) {
        collect(current, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == OpenChannels.Drain.BEGIN) {
      isDraining = true;
      if (stage == Stage.IDLE || (stage == Stage.HEAD && !decoder.isInsideRequest())) {
        close();
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      // The decoder tells it when everything before it has been answered.
      close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stage = Stage.OVER;
    current = null;
    deadline.cancel();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A peer that resets or breaks off its TLS session is no news.
    if (!(cause instanceof IOException) && !(cause.getCause() instanceof IOException)) {
      warn("connection failed", cause);
    }
    close();
  }

  private void headBegun() {
    if (stage == Stage.IDLE) {
      stage = Stage.HEAD;
      limit(context.settings().headTimeout(), this::headTimedOut);
    }
  }

  private void begin(HttpRequest head) {
    Optional<HeadCheck.Refused> refused =
        HeadCheck.refusal(head, context.settings().maxBodyBytes());
    if (refused.isPresent()) {
      refuse(refused.get().status(), refused.get().reason());
      return;
    }
    Exchange exchange = Exchange.of(head);
    current = exchange;
    stage = Stage.BODY;
    limit(context.settings().bodyTimeout(), this::bodyTimedOut);
    if (exchange.hasBody() && HttpUtil.is100ContinueExpected(head)) {
      var _ = channel.writeAndFlush(NettyResponses.goOn());
    }
  }

  private void collect(Exchange exchange, HttpContent content) throws IOException {
    int length = content.content().readableBytes();
    if (content.decoderResult().isFailure()) {
      refuse(HttpResponseStatus.BAD_REQUEST, Reason.MALFORMED);
    } else if (exchange.body().size() + length > context.settings().maxBodyBytes()) {
      refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Reason.BODY_TOO_LARGE);
    } else {
      content.content().readBytes(exchange.body(), length);
      if (content instanceof LastHttpContent) {
        ask(exchange);
      }
    }
  }

  private void ask(Exchange exchange) {
    stage = Stage.ANSWER;
    limit(context.settings().bodyTimeout(), this::answerTimedOut);
    var request = PekkoRequests.of(exchange, peer, context.tls() != null);
    if (request.isEmpty()) {
      refuse(HttpResponseStatus.BAD_REQUEST, Reason.MALFORMED);
      return;
    }
    CompletionStage<HttpResponse> answer;
    try {
      answer = context.route().apply(request.get());
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    boolean isKnown =
        RouteAnswer.takeIfKnown(
            answer,
            channel.eventLoop(),
            (response, failure) -> answered(exchange, response, failure));
    if (!isKnown) {
      decoder.hold(channel);
    }
  }

  private void answered(
      Exchange exchange, @Nullable HttpResponse response, @Nullable Throwable failure) {
    // Otherwise the peer has gone or has been told something else in the meantime.
    if (!exchange.equals(current) || stage != Stage.ANSWER) {
      abandon(response);
      return;
    }
    if (response == null) {
      fail(failure == null ? new NullPointerException() : failure);
      return;
    }
    try {
      if (response.status().equals(StatusCodes.SWITCHING_PROTOCOLS)) {
        becomeSocket(exchange, response);
      } else {
        send(exchange, NettyResponses.of(response, exchange, context.date().now()));
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Whoever would have become a socket learns that it ended before. */
  private static void abandon(@Nullable HttpResponse response) {
    if (response != null) {
      response
          .getAttribute(Upgrade.KEY)
          .ifPresent(it -> it.handler().closed(new Closure(CloseCause.PEER_DROPPED, 0)));
    }
  }

  private void send(Exchange exchange, FullHttpResponse response) {
    if (!NettyResponses.settleConnection(response, exchange, isDraining)) {
      sendLast(response);
      return;
    }
    stage = Stage.WRITE;
    ChannelFuture written = write(response);
    if (written.isDone()) {
      awaitNext(written);
    } else {
      decoder.hold(channel);
      limit(context.settings().bodyTimeout(), this::writeTimedOut);
      written.addListener(_ -> awaitNext(written));
    }
  }

  private ChannelFuture write(FullHttpResponse response) {
    if (decoder.hasInputEnded()) {
      // Since netty#16689 epoll forgets a channel whose peer has ended its side, and cannot wait
      // for it to become writable again: the answer has to go in one piece.
      channel.config().setOption(ChannelOption.SO_SNDBUF, ROOM_FOR_ONE_PIECE);
    }
    return channel.writeAndFlush(response);
  }

  private void awaitNext(ChannelFuture written) {
    if (stage != Stage.WRITE) {
      return;
    }
    if (!written.isSuccess() || isDraining) {
      close();
      return;
    }
    current = null;
    stage = Stage.IDLE;
    limit(context.settings().idleTimeout(), this::close);
    if (decoder.isHeld()) {
      decoder.release(channel);
    }
  }

  private void becomeSocket(Exchange exchange, HttpResponse response) {
    Upgrade upgrade =
        response
            .getAttribute(Upgrade.KEY)
            .orElseThrow(() -> new IllegalStateException("101 without Upgrade, expected both"));
    String key = exchange.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key == null) {
      throw new IllegalStateException("101 without a key, expected a checked handshake");
    }
    FullHttpResponse answer = NettyResponses.switchingProtocols(response, AcceptKey.of(key));
    ChannelHandler socket = context.sockets().begin(upgrade, NetUtil.toSocketAddressString(peer));
    stage = Stage.OVER;
    current = null;
    context.open().remove(channel);
    var _ = channel.write(answer);
    // From now on the end of the peer's bytes is the end of the connection.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    if (!decoder.hasInputEnded()) {
      channel.config().setAutoRead(true);
    }
    leaveTo(socket);
    channel.flush();
    if (decoder.hasInputEnded()) {
      close();
    }
  }

  /** The decoder goes last: it hands what it has not decoded to whoever is next to it then. */
  private void leaveTo(ChannelHandler successor) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.addLast(successor);
    pipeline.remove(this);
    pipeline.remove(decoder);
  }

  private void refuse(HttpResponseStatus status, Reason reason) {
    context.meters().refused(reason);
    sendLast(NettyResponses.last(status, current, context.date().now()));
  }

  private void fail(Throwable failure) {
    warn("request failed", failure);
    sendLast(
        NettyResponses.last(
            HttpResponseStatus.INTERNAL_SERVER_ERROR, current, context.date().now()));
  }

  private void sendLast(FullHttpResponse response) {
    stage = Stage.OVER;
    current = null;
    leaveTo(LingeringClose.after(write(response)));
  }

  private void headTimedOut() {
    if (decoder.isInsideRequest()) {
      refuse(HttpResponseStatus.REQUEST_TIMEOUT, Reason.HEAD_TIMEOUT);
    } else {
      context.meters().refused(Reason.HEAD_TIMEOUT);
      close();
    }
  }

  private void bodyTimedOut() {
    refuse(HttpResponseStatus.REQUEST_TIMEOUT, Reason.BODY_TIMEOUT);
  }

  private void answerTimedOut() {
    warn("request unanswered", new TimeoutException());
    sendLast(
        NettyResponses.last(HttpResponseStatus.SERVICE_UNAVAILABLE, current, context.date().now()));
  }

  private void writeTimedOut() {
    context.meters().refused(Reason.WRITE_TIMEOUT);
    close();
  }

  private void close() {
    var _ = channel.close();
  }

  private void limit(Duration time, Runnable passed) {
    deadline.begin(channel.eventLoop(), time, passed);
  }

  private void warn(String event, Throwable failure) {
    LOG.warn(event)
        .with(LogKey.REMOTE, NetUtil.toSocketAddressString(peer))
        .with(LogKey.ERR, FailurePlace.of(failure))
        .write();
  }
}
