package relay.http.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import relay.core.account.entity.AccountNotice;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomNotice;

/**
 * Records what a handler asks of its socket, and plays the network for it. Its time stands still
 * until it is {@link #advance moved}.
 */
public final class FakeSocket implements Socket {
  /** A close the handler asked for; {@code now} drops what is queued. */
  public record Close(int code, String reason, CloseCause cause, boolean now) {}

  /** Something handed to another socket. */
  public record Handed(
      SocketAddress to, Delivery delivery, long epoch, String text, int closeCode) {}

  private record FakeTarget(SocketAddress address) implements Target {}

  private final SocketAddress address;
  private final SocketHandler handler;
  private final Map<SocketAddress, FakeSocket> network;
  private final List<String> log = new ArrayList<>();
  private final List<String> queue = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<String> pings = new ArrayList<>();
  private final List<Close> closes = new ArrayList<>();
  private final List<Handed> handed = new ArrayList<>();
  private final Set<SocketAddress> gone = new HashSet<>();
  private long now = 1_000_000;
  private long wakeAt = Long.MAX_VALUE;
  private boolean isHeld;
  private boolean isFull;
  private boolean hasUnheard;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private final Queue<Runnable> posted = new ArrayDeque<>();

  private FakeSocket(
      SocketAddress address, SocketHandler handler, Map<SocketAddress, FakeSocket> network) {
    this.address = address;
    this.handler = handler;
    this.network = network;
  }

  /** A socket alone in the world. */
  public static FakeSocket open(SocketHandler handler, long number) {
    return open(handler, number, new HashMap<>());
  }

  /** A socket whose deliveries reach the other sockets of that network at once. */
  public static FakeSocket open(
      SocketHandler handler, long number, Map<SocketAddress, FakeSocket> network) {
    SocketAddress address = new SocketAddress("edge", number);
    FakeSocket socket = new FakeSocket(address, handler, network);
    network.put(address, socket);
    handler.opened(socket);
    return socket;
  }

  /**
   * What the handler has had queued for the peer, in order: messages, and closes as "close 1000".
   */
  public List<String> queued() {
    return List.copyOf(queue);
  }

  /** What of that are answers to the peer's own messages. */
  public List<String> answers() {
    return List.copyOf(answers);
  }

  public List<String> pings() {
    return List.copyOf(pings);
  }

  public List<Close> closes() {
    return List.copyOf(closes);
  }

  public List<Handed> handed() {
    return List.copyOf(handed);
  }

  /** The calls of hold and release. */
  public List<String> log() {
    return List.copyOf(log);
  }

  public boolean isHeld() {
    return isHeld;
  }

  /** From now on the queue takes nothing. */
  public void fill() {
    isFull = true;
  }

  /** From now on that socket is known to be gone. */
  public void lose(SocketAddress target) {
    gone.add(target);
  }

  /** Lets time pass, waking the handler whenever it asked for it. */
  public void advance(Duration time) {
    long end = now + time.toMillis();
    while (wakeAt <= end) {
      now = Math.max(now, wakeAt);
      wakeAt = Long.MAX_VALUE;
      handler.due(now);
    }
    now = end;
  }

  /** A node with sockets it sends to is gone. */
  public void nodeLost() {
    handler.nodeLost();
  }

  public SocketHandler handler() {
    return handler;
  }

  public void announce(AccountNotice notice) {
    handler.announced(notice);
  }

  public void tell(RoomNotice notice) {
    handler.told(notice);
  }

  public void message(String text) {
    message(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The message stands in the middle of a larger buffer, as it does in a receive buffer; it waits
   * while the handler holds messages.
   */
  public void message(byte[] bytes) {
    waiting.add(bytes);
    hear();
  }

  private void hear() {
    while (!isHeld && !waiting.isEmpty()) {
      handler.message(amidOtherBytes(waiting.remove()));
    }
  }

  public void deliver(Delivery delivery, long epoch, String text, int closeCode) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    handler.delivered(delivery, epoch, amidOtherBytes(bytes), closeCode);
  }

  public void pong(String payload) {
    handler.pong(amidOtherBytes(payload.getBytes(StandardCharsets.UTF_8)));
  }

  /** Runs what was posted to the socket's loop, also what is posted meanwhile. */
  public FakeSocket turn() {
    for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
      next.run();
    }
    return this;
  }

  /** Whether the peer is in the middle of saying something, or has to wait. */
  public void unheard(boolean is) {
    hasUnheard = is;
  }

  /** The peer answers every ping from now on until that time has passed. */
  public void advanceAnswering(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      advance(Duration.ofSeconds(1));
      if (!pings.isEmpty()) {
        pong(pings.getLast());
      }
    }
  }

  /** So many messages of the queue have reached the network. */
  public void wrote(int messages) {
    handler.written(messages);
  }

  public void end(CloseCause cause, int code) {
    network.remove(address);
    handler.closed(new Closure(cause, code));
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public String remote() {
    return "192.0.2.7:50007";
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean forward(byte[] head, ByteBuffer body, byte[] tail) {
    return enqueue(text(head, body, tail));
  }

  @Override
  public boolean send(ByteBuffer message) {
    return enqueue(text(new byte[0], message, new byte[0]));
  }

  @Override
  public void answer(ByteBuffer message) {
    String text = text(new byte[0], message, new byte[0]);
    if (enqueue(text)) {
      answers.add(text);
    }
  }

  private boolean enqueue(String text) {
    if (isFull) {
      return false;
    }
    queue.add(text);
    return true;
  }

  @Override
  public void ping(ByteBuffer payload) {
    pings.add(text(new byte[0], payload, new byte[0]));
  }

  @Override
  public void close(int code, String reason, CloseCause cause) {
    queue.add("close " + code);
    closes.add(new Close(code, reason, cause, false));
  }

  @Override
  public void closeNow(int code, String reason, CloseCause cause) {
    closes.add(new Close(code, reason, cause, true));
  }

  @Override
  public void hold() {
    log.add("hold");
    isHeld = true;
  }

  @Override
  public void release() {
    log.add("release");
    isHeld = false;
    hear();
  }

  @Override
  public boolean hasUnheard() {
    return hasUnheard;
  }

  @Override
  public void post(Runnable what) {
    posted.add(what);
  }

  @Override
  public void wakeAt(long time) {
    wakeAt = time;
  }

  @Override
  public Target target(SocketAddress address) {
    return new FakeTarget(address);
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
    SocketAddress to = ((FakeTarget) target).address();
    if (gone.contains(to)) {
      return false;
    }
    String text = text(head, body, tail);
    handed.add(new Handed(to, delivery, epoch, text, closeCode));
    FakeSocket peer = network.get(to);
    if (peer != null) {
      peer.deliver(delivery, epoch, text, closeCode);
    }
    return true;
  }

  private static ByteBuffer amidOtherBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 16);
    buffer.put(7, bytes);
    return buffer.position(7).limit(7 + bytes.length);
  }

  private static String text(byte[] head, ByteBuffer body, byte[] tail) {
    byte[] middle = new byte[body.remaining()];
    body.get(body.position(), middle);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(middle);
    all.writeBytes(tail);
    return all.toString(StandardCharsets.UTF_8);
  }
}
