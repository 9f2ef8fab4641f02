package relay.http.testing.termonmac;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;
import relay.http.testing.termonmac.Transcript.Entry;

/**
 * What Mac and phone have in common for a test: what it can make them do and ask of them. Whatever
 * the relay says is acted upon at once, on the connection's own thread, one thing at a time.
 */
public abstract sealed class Peer implements AutoCloseable permits MacPeer, PhonePeer {
  /** The most a test waits, in real time, for anything. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How often it looks at what no event of this peer announces. */
  private static final long LOOK_EVERY_MILLIS = 20;

  /** How long a peer may keep coming back, in its own time. */
  private static final Duration COMING_BACK = Duration.ofMinutes(10);

  final PeerTime time = new PeerTime(Instant.now());
  final Line line = new Line(this, time, this::nextDial, new Listening());
  private final Transcript transcript = new Transcript();
  private final List<String> oddities = new ArrayList<>();
  private IntSupplier port;
  private String apiKey;
  private int connections;
  private int relayed;

  Peer(IntSupplier port, String apiKey) {
    this.port = port;
    this.apiKey = apiKey;
  }

  /** How the relay closed a connection. */
  public record Closing(int code, String reason) {}

  abstract String path();

  abstract void opened();

  abstract void refused(int status);

  abstract void heard(ServerMessage message);

  abstract void closed(int code, String reason);

  /** Forgets what belongs to a connection that is no more. */
  abstract void disconnected();

  /** What must never happen to a peer of this kind, and did. */
  abstract List<String> misfortunes();

  /** Begins to connect. */
  public final synchronized void start() {
    line.dial();
  }

  /** Lets so much of the peer's time pass. */
  public final synchronized void pass(Duration elapsed) {
    time.pass(elapsed);
    notifyAll();
  }

  /** The relay is to be found on that port from now on. */
  public final synchronized void moveTo(IntSupplier newPort) {
    port = newPort;
  }

  /** Has another API key, from the next connection on. */
  public final synchronized void signIn(String newApiKey) {
    apiKey = newApiKey;
  }

  /** Vanishes without a word, and does not come back by itself. */
  public final synchronized void drop() {
    line.drop();
    disconnected();
    did("vanished");
  }

  /** Dials anew, while the connection it had stays open; nobody beats on that any more (B3). */
  public final synchronized void dialAside() {
    line.letLinger();
    disconnected();
    did("changed networks");
    line.dial();
  }

  /** How the relay closes the connection that was left open. */
  public final synchronized Closing expectLingeringClose() {
    await("the old connection's close", () -> line.lingeringClose().isPresent());
    return line.lingeringClose().orElseThrow();
  }

  /** Leaves, and does not come back by itself. */
  public final synchronized void leave() {
    line.leave();
    disconnected();
    did("left");
  }

  /** Sends that text as it is. */
  public final synchronized void send(String text) {
    line.send(text);
    relayed += line.isOpen() && text.startsWith("{\"type\":\"relay") ? 1 : 0;
  }

  /** Waits for that, or says what happened instead. */
  public final synchronized void await(String what, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("expected " + what + " of " + this + transcript);
      }
      try {
        wait(Math.min(left, LOOK_EVERY_MILLIS));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, interrupted);
      }
    }
  }

  /** The next message of that kind, behind whatever others. */
  public final synchronized <T extends ServerMessage> T expect(Class<T> kind) {
    return next(kind);
  }

  /** The next close; a connection that ended without one has code 1006. */
  public final synchronized Closing expectClose() {
    Entry.Closed closed = next(Entry.Closed.class);
    return new Closing(closed.code(), closed.reason());
  }

  /** The status that the next upgrade is refused with; 0 if nobody answered. */
  public final synchronized int expectRefusal() {
    return next(Entry.Refused.class).status();
  }

  /** What has come so far is of no interest. */
  public final synchronized void forgetPast() {
    transcript.readAll();
  }

  /** How many messages of that kind came that no expectation has passed. */
  public final synchronized int unread(Class<? extends ServerMessage> kind) {
    return transcript.unread(kind);
  }

  /** Everything the relay said up to now has been heard: it acknowledges a beat behind it. */
  public final synchronized void settle() {
    int before = transcript.count(ServerMessage.HeartbeatAck.class);
    send(ClientTexts.heartbeat());
    await("an acknowledgement", () -> transcript.count(ServerMessage.HeartbeatAck.class) > before);
  }

  /** How long the peer has waited before each of its calls but the first. */
  public final synchronized List<Duration> waits() {
    return line.waits();
  }

  /** How long it will be until the peer dials again; empty if it is not going to. */
  public final synchronized Optional<Duration> untilRedial() {
    return line.untilRedial();
  }

  public final synchronized boolean isConnected() {
    return line.isOpen();
  }

  /** How many connections the peer has had. */
  public final synchronized int connections() {
    return connections;
  }

  /** How many messages for the other side it has sent, whatever became of them. */
  public final synchronized int relayed() {
    return relayed;
  }

  /** How many messages of the other side it has heard. */
  public final synchronized int arrived() {
    return transcript.count(ServerMessage.Relay.class)
        + transcript.count(ServerMessage.RelayBatch.class);
  }

  /** Everything that has happened to the peer, a line each. */
  public final synchronized String past() {
    return transcript.toString();
  }

  /** Lets the peer wait and dial, as often as it takes until that is so. */
  public final synchronized void comeBackUntil(String what, BooleanSupplier isSo) {
    Instant latest = time.now().plus(COMING_BACK);
    while (!isSo.getAsBoolean()) {
      await(what + " or another call", () -> isSo.getAsBoolean() || untilRedial().isPresent());
      if (!isSo.getAsBoolean()) {
        pass(untilRedial().orElse(Duration.ZERO));
        if (time.now().isAfter(latest)) {
          throw new AssertionError("expected " + what + " of " + this + transcript);
        }
      }
    }
  }

  /** Leaves; fails if anything has happened that must not. */
  @Override
  public final synchronized void close() {
    leave();
    List<String> all = new ArrayList<>(oddities);
    all.addAll(misfortunes());
    if (!all.isEmpty()) {
      throw new AssertionError(all + " happened to " + this + transcript);
    }
  }

  /** Leaves the relay in order to come back. */
  final void leaveFor(Duration wait) {
    leave();
    line.dialAfter(wait);
  }

  final void did(String what) {
    transcript.add(new Entry.Did(what));
    notifyAll();
  }

  final int port() {
    return port.getAsInt();
  }

  private TestDial nextDial() {
    return TestPeer.to(port(), path())
        .header("Authorization", "Bearer " + apiKey)
        .patience(PATIENCE);
  }

  private <T> T next(Class<T> kind) {
    List<T> found = new ArrayList<>();
    await(
        "the next " + kind.getSimpleName(),
        () -> {
          transcript.readUpTo(kind).ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private final class Listening implements Line.Listener {
    @Override
    public void opened() {
      transcript.add(new Entry.Opened(connections));
      connections++;
      Peer.this.opened();
    }

    @Override
    public void refused(int status) {
      transcript.add(new Entry.Refused(status));
      disconnected();
      Peer.this.refused(status);
    }

    @Override
    public void said(String text) {
      try {
        ServerMessage message = StrictDecoder.decode(text);
        transcript.add(new Entry.Heard(message));
        heard(message);
      } catch (StrictDecoder.Dropped dropped) {
        oddities.add("dropped " + dropped.getMessage() + ": " + text);
      }
    }

    @Override
    public void closed(int code, String reason) {
      transcript.add(new Entry.Closed(code, reason));
      disconnected();
      Peer.this.closed(code, reason);
    }
  }
}
