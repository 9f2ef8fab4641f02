package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Closure;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketHandler;

/** Notes what it hears, and does with messages and deliveries as a test says. */
class PlayedHandler implements SocketHandler {
  static final RoomKey ROOM = new RoomKey(Dialect.PYRYCODE, "room");
  static final byte[] NONE = {};

  final Queue<String> heard = new ConcurrentLinkedQueue<>();
  final CompletableFuture<Socket> socket = new CompletableFuture<>();
  volatile BiConsumer<Socket, ByteBuffer> onMessage = (_, _) -> {};
  volatile BiConsumer<Socket, ByteBuffer> onDelivery =
      (it, payload) -> it.forward(NONE, payload, NONE);
  volatile @Nullable AccountId account;
  volatile int written;

  static PlayedHandler echo() {
    return doing((it, payload) -> it.forward(NONE, payload, NONE));
  }

  static PlayedHandler doing(BiConsumer<Socket, ByteBuffer> onMessage) {
    var handler = new PlayedHandler();
    handler.onMessage = onMessage;
    return handler;
  }

  Socket socket() {
    return socket.join();
  }

  @Override
  public RoomKey room() {
    return ROOM;
  }

  @Override
  public Role role() {
    return Role.PHONE;
  }

  @Override
  public void opened(Socket opened) {
    heard.add("opened");
    socket.complete(opened);
  }

  @Override
  public void message(ByteBuffer payload) {
    heard.add("message " + abbreviated(payload));
    onMessage.accept(socket(), payload);
  }

  @Override
  public void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    onDelivery.accept(socket(), payload);
  }

  @Override
  public void told(RoomNotice notice) {
    heard.add("told " + notice.getClass().getSimpleName());
  }

  @Override
  public @Nullable AccountId account() {
    return account;
  }

  @Override
  public void announced(AccountNotice notice) {
    heard.add("announced " + notice);
  }

  @Override
  public void pong(ByteBuffer payload) {
    heard.add("pong " + abbreviated(payload));
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written on the socket's loop only
  public void written(int messages) {
    written += messages;
  }

  @Override
  public void nodeLost() {
    heard.add("node lost");
  }

  @Override
  public void due(long now) {
    heard.add("due");
  }

  @Override
  public void closed(Closure closure) {
    heard.add("closed " + closure.cause() + " " + closure.code());
  }

  private static String abbreviated(ByteBuffer payload) {
    String text = UTF_8.decode(payload.duplicate()).toString();
    return text.length() > 20 ? text.length() + " characters" : text;
  }
}
