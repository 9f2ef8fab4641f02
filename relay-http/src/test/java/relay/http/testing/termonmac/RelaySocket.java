package relay.http.testing.termonmac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import relay.http.testing.ServerEvent;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** One attempt to reach the relay and, if it is let in, the socket; read by a thread of its own. */
final class RelaySocket {
  /** The code of a connection that ended without one. */
  static final int LOST = 1006;

  /** What becomes of it; told on that thread, in order, and nothing after an end. */
  interface Events {
    void opened(RelaySocket socket);

    /** An HTTP status instead of a socket; 0 if there was no answer at all. */
    void refused(RelaySocket socket, int status);

    void said(RelaySocket socket, String text);

    void closed(RelaySocket socket, int code, String reason);
  }

  private final TestDial dial;
  private final Events events;
  private volatile @Nullable TestPeer peer;
  private volatile boolean isUnwanted;

  private RelaySocket(TestDial dial, Events events) {
    this.dial = dial;
    this.events = events;
  }

  static RelaySocket dial(TestDial dial, Events events) {
    RelaySocket socket = new RelaySocket(dial, events);
    Thread.ofVirtual().name("termonmac-peer").start(socket::run);
    return socket;
  }

  /** Sends if the connection is there; the real client only logs it when that fails. */
  void send(String text) {
    whileItLasts(connected -> connected.send(text));
  }

  /** As every deliberate disconnect of a Mac (TermOnMac 2.3). */
  void leave() {
    isUnwanted = true;
    whileItLasts(connected -> connected.sendClose(1001, ""));
  }

  /** Vanishes without a word. */
  void drop() {
    isUnwanted = true;
    whileItLasts(TestPeer::drop);
  }

  private void whileItLasts(Consumer<TestPeer> action) {
    TestPeer connected = peer;
    if (connected == null) {
      return;
    }
    try {
      action.accept(connected);
    } catch (AssertionError failed) {
      if (!(failed.getCause() instanceof IOException)) {
        throw failed;
      }
    }
  }

  private void run() {
    try (TestPeer connected = dial.connect()) {
      int status = connected.answer().status();
      if (status != 101) {
        events.refused(this, status);
        return;
      }
      peer = connected;
      if (isUnwanted) {
        return;
      }
      events.opened(this);
      readAll(connected);
    } catch (UncheckedIOException | AssertionError _) {
      events.refused(this, 0);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll(TestPeer connected) throws InterruptedException {
    boolean isClosed = false;
    while (true) {
      switch (connected.take()) {
        case ServerEvent.Text(String text) -> events.said(this, text);
        case ServerEvent.Binary _ -> throw new IllegalStateException("the relay sent bytes");
        case ServerEvent.Close(int code, String reason) -> {
          events.closed(this, code, reason);
          isClosed = true;
        }
        case ServerEvent.End _ -> {
          if (!isClosed) {
            events.closed(this, LOST, "");
          }
          return;
        }
      }
    }
  }
}
