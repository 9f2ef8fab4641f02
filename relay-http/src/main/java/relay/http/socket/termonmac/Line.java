package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.protocol.termonmac.MessageCodec;
import relay.core.protocol.termonmac.ServerMessage;
import relay.core.room.CloseCause;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.Target;

/** An open socket, and what every phase of it needs. Confined to the socket's event loop. */
final class Line {
  private static final byte[] NOTHING = {};
  private static final int POLICY = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final int REFUSED = 4003;

  /** Why the peer's messages have to wait. */
  enum Wait {
    /** Nobody has said yet whether the account has any credits. */
    QUOTA,
    /** Its room has been asked something. */
    ROOM,
    /** The credits it was given are used up. */
    CREDITS
  }

  /** Whose phases they are. */
  interface Host {
    /** Takes the step, if the socket still stands where it did. */
    void step(Phase from, Supplier<Phase> to);

    /** Does it, unless the socket has ended. */
    void whileOpen(Runnable what);
  }

  private final Socket socket;
  private final TermonmacPorts ports;
  private final Caller caller;
  private final Arrival arrival;
  private final String connection;
  private final CreditMeter meter;
  private final EarlyFrames early = new EarlyFrames();
  private final Host host;
  private final Set<Wait> waits = EnumSet.noneOf(Wait.class);
  private OptionalInt maxSessions;
  private boolean isHeld;
  private boolean isMistaken;

  Line(Socket socket, TermonmacPorts ports, Identity identity, CreditMeter meter, Host host) {
    this.socket = socket;
    this.ports = ports;
    this.caller = identity.caller;
    this.arrival = identity.arrival;
    this.connection = identity.connection;
    this.meter = meter;
    this.host = host;
    this.maxSessions = identity.arrival.maxSessions();
  }

  /** Who is at the other end, and what the relay calls its connection. */
  record Identity(Caller caller, Arrival arrival, String connection) {}

  Socket socket() {
    return socket;
  }

  TermonmacPorts ports() {
    return ports;
  }

  Caller caller() {
    return caller;
  }

  Arrival arrival() {
    return arrival;
  }

  RoomKey room() {
    return arrival.room();
  }

  /** Whether a message speaks of the room that the upgrade was for. */
  boolean names(String roomId) {
    return arrival.roomId().equals(roomId);
  }

  String connection() {
    return connection;
  }

  SocketAddress address() {
    return socket.address();
  }

  String remote() {
    return socket.remote();
  }

  /** Of the account's tier; empty as long as the account has not been granted the room. */
  OptionalInt maxSessions() {
    return maxSessions;
  }

  void granted(int sessions) {
    maxSessions = OptionalInt.of(sessions);
  }

  CreditMeter meter() {
    return meter;
  }

  long now() {
    return socket.now();
  }

  void tell(RoomCommand command) {
    ports.rooms().tell(arrival.room(), command);
  }

  /** Tells the room that the socket holds nothing any more, unless the room has said so. */
  void detach(Ended how) {
    if (!how.isEvicted()) {
      tell(new RoomCommand.Detach(address(), how.cause(), how.code()));
    }
  }

  /** Says what the peer has not asked for. */
  void say(ServerMessage message) {
    boolean _ = socket.send(ByteBuffer.wrap(MessageCodec.write(message)));
  }

  /** Says something because of a message of the peer. */
  void answer(ServerMessage message) {
    socket.answer(ByteBuffer.wrap(MessageCodec.write(message)));
  }

  /** Says that something is wrong which is not the peer's mistake. */
  void sayError(ErrorCode code) {
    sayError(ServerMessage.Failure.of(code));
  }

  void sayError(ServerMessage.Failure failure) {
    ports.meters().errorSaid(failure.code());
    answer(failure);
  }

  /** Answers a message that the peer should not have sent; too many of them close it. */
  void mistaken(ErrorCode code) {
    mistaken(ServerMessage.Failure.of(code));
  }

  void mistaken(ServerMessage.Failure failure) {
    isMistaken = true;
    sayError(failure);
  }

  /** Whether the last message was a mistake; asking forgets it. */
  boolean takeMistake() {
    boolean was = isMistaken;
    isMistaken = false;
    return was;
  }

  Target target(SocketAddress of) {
    return socket.target(of);
  }

  /** Hands a frame on as it came; false if nobody is there to take it. */
  boolean relay(Target to, long epoch, ByteBuffer payload) {
    boolean isSent = socket.sendTo(to, Delivery.FRAME, epoch, NOTHING, payload, NOTHING, 0);
    if (isSent && !meter.spend(socket.now())) {
      hold(Wait.CREDITS);
    }
    return isSent;
  }

  /** Queues a frame for the peer, who made its sender wait long before the queue was full. */
  @Nullable Ended forward(ByteBuffer payload) {
    return unlessFull(socket.forward(NOTHING, payload, NOTHING));
  }

  /** Keeps a frame of a peer that the room has not told of yet. */
  @Nullable Ended keepEarly(long epoch, ByteBuffer payload) {
    return unlessFull(early.keep(epoch, payload));
  }

  private @Nullable Ended unlessFull(boolean hadRoom) {
    return hadRoom ? null : shutNow(INTERNAL_ERROR, "backlog full", CloseCause.BACKLOG_FULL);
  }

  /** Queues what came early, now that the room has told of the peer. */
  @Nullable Ended forwardEarly(long epoch) {
    Ended overflow = null;
    for (ByteBuffer payload : early.take(epoch)) {
      overflow = overflow == null ? forward(payload) : overflow;
    }
    return overflow;
  }

  void hold(Wait why) {
    waits.add(why);
    if (!isHeld) {
      isHeld = true;
      socket.hold();
    }
  }

  /** Ends a wait; messages come when the step that ends it has been taken. */
  void release(Wait why) {
    waits.remove(why);
  }

  /** Lets messages come if they need not wait any more; they come at once. */
  void goOn() {
    if (isHeld && waits.isEmpty()) {
      isHeld = false;
      socket.release();
    }
  }

  /** Takes a step when the answer comes; a failure is shown as null. */
  <T> void await(Phase from, CompletionStage<T> answer, Function<@Nullable T, Phase> to) {
    var _ =
        answer.whenComplete(
            (value, failure) ->
                socket.post(() -> host.step(from, () -> to.apply(failure == null ? value : null))));
  }

  /** Does something a little later, unless the socket has ended by then; from any thread. */
  void whileOpen(Runnable what) {
    socket.post(() -> host.whileOpen(what));
  }

  /** Closes behind everything that was said. */
  Ended shut(int code, String reason, CloseCause cause) {
    socket.close(code, reason, cause);
    return new Ended(cause, code, false);
  }

  /** Closes ahead of everything that waits. */
  Ended shutNow(int code, String reason, CloseCause cause) {
    socket.closeNow(code, reason, cause);
    return new Ended(cause, code, false);
  }

  Ended shutOverdue(String reason) {
    return shut(POLICY, reason, CloseCause.NOT_REGISTERED);
  }

  Ended shutRefused(String reason) {
    return shut(REFUSED, reason, CloseCause.REFUSED);
  }

  Ended shutUnavailable() {
    return shutNow(INTERNAL_ERROR, "room unavailable", CloseCause.ROOM_UNAVAILABLE);
  }

  /** The room has closed it. */
  Ended evicted(RoomNotice.Close close) {
    socket.closeNow(close.code(), close.reason(), close.cause());
    return Ended.evicted(close);
  }
}
