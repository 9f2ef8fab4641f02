package relay.http.transport;

import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.CloseCause;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomNotice;
import relay.core.sharding.EntityIds;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketLimits;
import relay.http.socket.Target;
import relay.http.socket.Upgrade;
import relay.http.transport.OutboundBuffer.Origin;
import relay.http.transport.SocketTable.Dismissal;

/**
 * One WebSocket connection: what its dialect's handler says, carried out on its channel. Confined
 * to its loop, but for what describes it.
 */
final class WebSocketConnection implements Socket {
  private static final EventLog LOG = EventLog.of(WebSocketConnection.class);
  private static final byte[] NOTHING = {};
  private static final int MAX_PING_BYTES = 125;
  private static final long MAX_ANSWER_BYTES = 64 * 1024;
  private static final int MESSAGE_TIMEOUT = 1008;
  private static final int INTERNAL_ERROR = 1011;

  private final EdgeLoop loop;
  private final SocketAddress address;
  private final String remote;
  private final RoomKey room;
  private final @Nullable AccountId account;
  private final Instant since;
  private final GuardedHandler handler;
  private final SocketMeters meters;
  private final SocketCounters counters = new SocketCounters();
  private final SocketInput input;
  private final SocketOutput output;
  private final SocketTimer timer;
  private final Congestion congestion;
  private final SocketEnding ending;
  private final SocketPeers peers;
  private final SocketArrivals arrivals;

  WebSocketConnection(
      EdgeLoop loop, ChannelHandlerContext context, Upgrade upgrade, String remote) {
    this.loop = loop;
    SocketLimits limits = upgrade.limits();
    this.address = loop.node().nextAddress();
    this.remote = remote;
    this.room = EntityIds.canonical(upgrade.handler().room());
    this.account = upgrade.handler().account();
    this.meters = loop.node().meters().of(room.dialect());
    this.since = loop.node().clock().instant();
    this.handler = new GuardedHandler(upgrade.handler(), this::faulted);
    this.input = new SocketInput(this, context.channel(), limits.maxMessageBytes());
    this.output = new SocketOutput(this, loop, context, limits);
    this.timer = new SocketTimer(loop.timers(), this, output, limits);
    this.congestion = new Congestion(address.number(), limits);
    this.peers = new SocketPeers(this, loop, input);
    this.arrivals =
        new SocketArrivals(this, handler, congestion, new Pieces(limits.maxQueuedBytes()));
    this.ending =
        new SocketEnding(
            this,
            context.channel(),
            limits,
            new SocketEnding.Parts(handler, input, output, timer, congestion));
  }

  EdgeLoop loop() {
    return loop;
  }

  /** As the room knows itself, however long the id its peers name. */
  RoomKey room() {
    return room;
  }

  /** For any thread. */
  Role role() {
    return handler.role();
  }

  @Nullable AccountId account() {
    return account;
  }

  Instant since() {
    return since;
  }

  SocketCounters counters() {
    return counters;
  }

  SocketMeters meters() {
    return meters;
  }

  boolean isOver() {
    return handler.isOver();
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public boolean forward(byte[] head, ByteBuffer body, byte[] tail) {
    return queue(head, body, tail, Origin.PEER);
  }

  @Override
  public boolean send(ByteBuffer message) {
    return queue(NOTHING, message, NOTHING, Origin.RELAY);
  }

  @Override
  public void answer(ByteBuffer message) {
    boolean isTaken = queue(NOTHING, message, NOTHING, Origin.ANSWER);
    if (isTaken && output.answers() > MAX_ANSWER_BYTES) {
      input.waitForAnswers();
    }
  }

  private boolean queue(byte[] head, ByteBuffer body, byte[] tail, Origin origin) {
    boolean isTaken = isOpen() && output.offer(head, body, tail, origin);
    congestion.filled(output.charged());
    return isTaken;
  }

  @Override
  public void ping(ByteBuffer payload) {
    if (payload.remaining() > MAX_PING_BYTES) {
      throw new IllegalArgumentException(
          payload.remaining() + " bytes do not fit into a ping: at most 125 do");
    }
    if (isOpen()) {
      byte[] copy = new byte[payload.remaining()];
      payload.get(payload.position(), copy);
      output.ping(copy);
    }
  }

  @Override
  public void close(int code, String reason, CloseCause cause) {
    ending.close(code, reason, cause);
  }

  @Override
  public void closeNow(int code, String reason, CloseCause cause) {
    ending.closeNow(code, reason, cause);
  }

  @Override
  public void hold() {
    if (isOpen()) {
      input.hold();
    }
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public boolean hasUnheard() {
    return input.hasUnheard();
  }

  @Override
  public void post(Runnable what) {
    loop.post(() -> handler.run(what));
  }

  @Override
  public void wakeAt(long time) {
    timer.wakeAt(time);
  }

  @Override
  public Target target(SocketAddress of) {
    return peers.target(of);
  }

  @Override
  public boolean sendTo(
      Target target,
      Delivery delivery,
      long epoch,
      byte[] head,
      ByteBuffer body,
      byte[] tail,
      int closeCode) {
    return peers.sendTo(target, delivery, epoch, head, body, tail, closeCode);
  }

  void opened() {
    handler.opened(this);
  }

  void told(RoomNotice notice) {
    handler.told(notice);
  }

  void announced(AccountNotice notice) {
    handler.announced(notice);
  }

  /** The node is shutting down. */
  void dismiss(Dismissal how) {
    closeNow(how.code(), how.reason(), CloseCause.DRAINED);
  }

  SocketPeers peers() {
    return peers;
  }

  SocketArrivals arrivals() {
    return arrivals;
  }

  SocketTimer timer() {
    return timer;
  }

  SocketEnding ending() {
    return ending;
  }

  boolean isOpen() {
    return ending.isOpen();
  }

  void received(ByteBuffer in) {
    input.received(in);
  }

  void message(ByteBuffer payload) {
    if (isOpen()) {
      int bytes = payload.remaining();
      counters.received(bytes);
      meters.received(bytes);
      handler.message(payload);
    }
  }

  void pinged(byte[] payload) {
    output.pong(payload);
  }

  void ponged(ByteBuffer payload) {
    handler.pong(payload);
  }

  /** Whatever went wrong, even for want of direct memory, ends this socket and no other. */
  void faulted(Throwable fault) {
    LOG.warn("socket_fault").with(LogKey.ERR, FailurePlace.of(fault)).write();
    closeNow(INTERNAL_ERROR, "internal error", CloseCause.INTERNAL_ERROR);
  }

  void written(OutboundBuffer.Batch batch) {
    if (batch.messages() > 0) {
      counters.sent(batch.messages(), batch.payloadBytes());
      meters.sent(batch.messages(), batch.payloadBytes());
    }
    if (batch.forwarded() > 0) {
      handler.written(batch.forwarded());
    }
    congestion.drained(output.charged());
    if (output.answers() <= MAX_ANSWER_BYTES) {
      input.answersTaken();
    }
  }

  void due(long now) {
    handler.due(now);
  }

  void messageOverdue() {
    closeNow(MESSAGE_TIMEOUT, "message timeout", CloseCause.MESSAGE_TIMEOUT);
  }
}
