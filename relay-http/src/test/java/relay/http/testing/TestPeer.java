package relay.http.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static relay.http.testing.ClientFrames.FIN;
import static relay.http.testing.ClientFrames.frames;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import relay.http.frame.Opcode;

/**
 * A scripted WebSocket client on a plain socket, well-behaved until told otherwise: it reads all
 * the time, answers pings and echoes closes. Every expectation waits a bounded time and says what
 * came instead.
 */
public final class TestPeer implements AutoCloseable {
  private final Socket socket;
  private Duration patience;
  private final ReadGate input;
  private final ServerFrames received;
  private @Nullable HttpAnswer answer;
  private volatile boolean answersPings = true;
  private volatile boolean answersClose = true;
  private final AtomicBoolean hasClosed = new AtomicBoolean();
  private int taken;
  private int barriers;

  TestPeer(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    input = new ReadGate(socket.getInputStream());
    received =
        new ServerFrames(
            input,
            new ServerFrames.Reflexes() {
              @Override
              public void pinged(byte[] payload) throws IOException {
                if (answersPings) {
                  write(frames().frame(FIN | Opcode.PONG, payload).bytes());
                }
              }

              @Override
              public void closed(byte[] payload) throws IOException {
                if (answersClose) {
                  writeClose(payload);
                }
              }
            });
  }

  public static TestDial to(int port, String path) {
    return new TestDial(port, path);
  }

  /** A binary that was let in (pyrycode 1.3). */
  public static TestPeer binary(int port, String serverId) {
    return dialBinary(port, serverId).connect().expectHttp(101);
  }

  /** A phone that was let in (pyrycode 1.3). */
  public static TestPeer phone(int port, String serverId) {
    return dialPhone(port, serverId).connect().expectHttp(101);
  }

  public static TestDial dialBinary(int port, String serverId) {
    return to(port, "/v1/server")
        .header("x-pyrycode-server", serverId)
        .header("x-pyrycode-version", "1.0.0-test")
        .header("user-agent", "pyry/1.0.0-test");
  }

  public static TestDial dialPhone(int port, String serverId) {
    return to(port, "/v1/client")
        .header("x-pyrycode-server", serverId)
        .header("x-pyrycode-token", "0123456789abcdef")
        .header("x-pyrycode-device-name", "test phone")
        .header("user-agent", "pyrycode-test/1.0.0");
  }

  public TestPeer send(String text) {
    return sendBytes(frames().text(text).bytes());
  }

  public TestPeer sendBinary(byte[] payload) {
    return sendBytes(frames().binary(payload).bytes());
  }

  /** One text message in as many frames as there are parts. */
  public TestPeer sendFragments(String... parts) {
    ClientFrames frames = frames();
    for (int i = 0; i < parts.length; i++) {
      int opcode = i == 0 ? Opcode.TEXT : Opcode.CONTINUATION;
      frames.frame(i == parts.length - 1 ? FIN | opcode : opcode, parts[i].getBytes(UTF_8));
    }
    return sendBytes(frames.bytes());
  }

  /** The first bytes of a text frame, and nothing after them. */
  public TestPeer sendStartOf(String text, int bytes) {
    return sendBytes(Arrays.copyOf(frames().text(text).bytes(), bytes));
  }

  public TestPeer sendUnmasked(String text) {
    byte[] payload = text.getBytes(UTF_8);
    return sendBytes(
        frames().raw(new byte[] {(byte) 0x81, (byte) payload.length}).raw(payload).bytes());
  }

  public TestPeer ping(String payload) {
    return sendBytes(frames().ping(payload).bytes());
  }

  public TestPeer pong(String payload) {
    return sendBytes(frames().pong(payload).bytes());
  }

  public TestPeer sendClose(int code, String reason) {
    hasClosed.set(true);
    return sendBytes(frames().close(code, reason).bytes());
  }

  public TestPeer sendCloseWithoutCode() {
    hasClosed.set(true);
    return sendBytes(frames().close().bytes());
  }

  /** Any bytes at all. */
  public TestPeer sendBytes(byte[] bytes) {
    try {
      sendLater(bytes).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return this;
    } catch (TimeoutException _) {
      throw new AssertionError("the relay took no more bytes for " + patience);
    } catch (ExecutionException failed) {
      throw new AssertionError("cannot send; what came was " + received.events, failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while sending", interrupted);
    }
  }

  /** Any bytes at all, for a relay that may not take them now; done when the kernel has them. */
  public CompletableFuture<Void> sendLater(byte[] bytes) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            write(bytes);
            taken.complete(null);
          } catch (IOException failed) {
            taken.completeExceptionally(failed);
          }
        });
    return taken;
  }

  /** From now on, every wait may take so long. */
  TestPeer patience(Duration atMost) {
    patience = atMost;
    return this;
  }

  public TestPeer ignorePings() {
    answersPings = false;
    return this;
  }

  public TestPeer answerPings() {
    answersPings = true;
    return this;
  }

  public TestPeer ignoreClose() {
    answersClose = false;
    return this;
  }

  /** Takes no more bytes from the kernel, but for what a buffer may already hold. */
  public TestPeer stopReading() {
    input.shut();
    return this;
  }

  public TestPeer readAgain() {
    input.open();
    return this;
  }

  /** Ends its half of the connection without a close frame. */
  public TestPeer finish() {
    return quietly(socket::shutdownOutput);
  }

  /** Vanishes: the relay sees a reset. */
  public TestPeer drop() {
    quietly(() -> socket.setSoLinger(true, 0));
    return quietly(socket::close);
  }

  @Override
  public void close() {
    input.open();
    quietly(socket::close);
  }

  public TestPeer expectHttp(int status) {
    HttpAnswer got = answer();
    if (got.status() != status) {
      throw new AssertionError("expected HTTP " + status + ", but got " + got);
    }
    return this;
  }

  /** The relay's answer to the request. */
  public HttpAnswer answer() {
    if (answer == null) {
      try {
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        answer = HttpAnswer.read(input);
        socket.setSoTimeout(0);
      } catch (IOException failed) {
        throw new AssertionError("expected an HTTP answer, but got " + failed, failed);
      }
      if (answer.status() == 101) {
        received.start();
      }
    }
    return answer;
  }

  public TestPeer expect(String text) {
    ServerEvent event = next("text " + text);
    if (!event.equals(new ServerEvent.Text(text))) {
      throw instead("text " + text, event);
    }
    return this;
  }

  public String expectText() {
    ServerEvent event = next("a text");
    if (event instanceof ServerEvent.Text(String text)) {
      return text;
    }
    throw instead("a text", event);
  }

  public TestPeer expectClose(int code, String reason) {
    ServerEvent expected = new ServerEvent.Close(code, reason);
    ServerEvent event = next(expected.toString());
    if (!event.equals(expected)) {
      throw instead(expected.toString(), event);
    }
    return this;
  }

  /** The close, behind however many texts. */
  public TestPeer expectCloseAfterTexts(int code, String reason) {
    ServerEvent expected = new ServerEvent.Close(code, reason);
    ServerEvent event = next(expected.toString());
    while (event instanceof ServerEvent.Text) {
      event = next(expected.toString());
    }
    if (!event.equals(expected)) {
      throw instead(expected.toString(), event);
    }
    return this;
  }

  /** Whether a close frame has come and waits to be expected. */
  public boolean hasHeardClose() {
    return received.events.stream().anyMatch(ServerEvent.Close.class::isInstance);
  }

  /** The end of the connection; no close frame comes before it. */
  public TestPeer expectEnd() {
    ServerEvent event = next("the end");
    if (!(event instanceof ServerEvent.End)) {
      throw instead("the end", event);
    }
    return this;
  }

  public String expectPing() {
    return poll(received.pings, "a ping");
  }

  /** That pong, behind however many others. */
  public TestPeer expectPongAtLast(String payload) {
    String pong = "";
    while (!pong.equals(payload)) {
      pong = poll(received.pongs, "pong " + payload).payload();
    }
    return this;
  }

  public TestPeer expectPong(String payload) {
    ServerFrames.Pong pong = poll(received.pongs, "pong " + payload);
    if (!pong.payload().equals(payload)) {
      throw new AssertionError("expected pong " + payload + ", but got pong " + pong.payload());
    }
    return this;
  }

  /**
   * Everything the relay sent up to now has been expected: a ping's answer is the next it sends.
   */
  public TestPeer expectNothingMore() {
    String barrier = "barrier " + ++barriers;
    ping(barrier);
    ServerFrames.Pong pong = poll(received.pongs, "pong " + barrier);
    if (!pong.payload().equals(barrier) || pong.eventsBefore() != taken) {
      throw new AssertionError("expected nothing before " + pong + ", but got " + received.events);
    }
    return this;
  }

  /** The next of whatever comes, however long that takes; for a thread that does nothing else. */
  public ServerEvent take() throws InterruptedException {
    expectHttp(101);
    ServerEvent event = received.events.take();
    taken++;
    return event;
  }

  private ServerEvent next(String expected) {
    ServerEvent event = poll(received.events, expected);
    taken++;
    return event;
  }

  private <T> T poll(BlockingQueue<T> queue, String expected) {
    expectHttp(101);
    try {
      T item = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (item == null) {
        throw new AssertionError(
            "expected %s, but nothing came within %s; waiting unread: %s"
                .formatted(expected, patience, received.events));
      }
      return item;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while expecting " + expected, interrupted);
    }
  }

  private AssertionError instead(String expected, ServerEvent event) {
    return new AssertionError(
        "expected %s, but got %s, then %s".formatted(expected, event, received.events));
  }

  private void writeClose(byte[] payload) throws IOException {
    if (hasClosed.compareAndSet(false, true)) {
      write(frames().frame(FIN | Opcode.CLOSE, payload).bytes());
    }
  }

  private synchronized void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private TestPeer quietly(SocketAction action) {
    try {
      action.run();
    } catch (IOException _) {
      // The relay was first; the peer wanted the connection gone anyway.
    }
    return this;
  }

  private interface SocketAction {
    void run() throws IOException;
  }
}
