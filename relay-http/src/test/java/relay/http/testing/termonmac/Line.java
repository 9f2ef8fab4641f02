package relay.http.testing.termonmac;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relay.http.testing.TestDial;

/**
 * A peer's way to the relay: at most one connection at a time, and when the next one is dialled.
 * Everything is called, and calls back, while the peer's lock is held.
 */
final class Line {
  /** What becomes of the connection; whoever is told may dial again. */
  interface Listener {
    void opened();

    /** An HTTP status instead of a connection; 0 if nobody answered. */
    void refused(int status);

    void said(String text);

    void closed(int code, String reason);
  }

  private final Object lock;
  private final PeerTime time;
  private final Supplier<TestDial> dials;
  private final Listener listener;
  private final Backoff backoff = new Backoff();
  private final List<Duration> waits = new ArrayList<>();
  private @Nullable RelaySocket socket;
  private @Nullable RelaySocket lingering;
  private Peer.@Nullable Closing lingeringClose;
  private PeerTime.@Nullable Timer redial;
  private boolean isOpen;

  Line(Object lock, PeerTime time, Supplier<TestDial> dials, Listener listener) {
    this.lock = lock;
    this.time = time;
    this.dials = dials;
    this.listener = listener;
  }

  void dial() {
    redial = null;
    socket = RelaySocket.dial(dials.get(), new Ears());
  }

  void dialAfter(Duration wait) {
    waits.add(wait);
    if (wait.isZero()) {
      dial();
    } else {
      redial = time.after(wait, this::dial);
    }
  }

  void dialAfterBackoff() {
    dialAfter(backoff.take());
  }

  void send(String text) {
    if (socket != null) {
      socket.send(text);
    }
  }

  void leave() {
    if (lingering != null) {
      lingering.drop();
      lingering = null;
    }
    RelaySocket current = forget();
    if (current != null) {
      current.leave();
    }
  }

  void drop() {
    RelaySocket current = forget();
    if (current != null) {
      current.drop();
    }
  }

  /** Leaves the connection to itself. */
  void letLinger() {
    lingering = forget();
    lingeringClose = null;
  }

  Optional<Peer.Closing> lingeringClose() {
    return Optional.ofNullable(lingeringClose);
  }

  boolean isOpen() {
    return isOpen;
  }

  List<Duration> waits() {
    return List.copyOf(waits);
  }

  Optional<Duration> untilRedial() {
    return redial == null ? Optional.empty() : time.until(redial);
  }

  private @Nullable RelaySocket forget() {
    RelaySocket current = socket;
    socket = null;
    isOpen = false;
    if (redial != null) {
      redial.cancel();
      redial = null;
    }
    return current;
  }

  /** What the connection's thread tells; one that was left has nothing to say any more. */
  private final class Ears implements RelaySocket.Events {
    @Override
    public void opened(RelaySocket from) {
      tell(
          from,
          () -> {
            isOpen = true;
            backoff.reset();
            listener.opened();
          });
    }

    @Override
    public void refused(RelaySocket from, int status) {
      tell(
          from,
          () -> {
            forget();
            listener.refused(status);
          });
    }

    @Override
    public void said(RelaySocket from, String text) {
      tell(from, () -> listener.said(text));
    }

    @Override
    public void closed(RelaySocket from, int code, String reason) {
      synchronized (lock) {
        if (from == lingering) {
          lingeringClose = new Peer.Closing(code, reason);
          lock.notifyAll();
        }
      }
      tell(
          from,
          () -> {
            forget();
            listener.closed(code, reason);
          });
    }

    private void tell(RelaySocket from, Runnable action) {
      synchronized (lock) {
        if (from == socket) {
          action.run();
          lock.notifyAll();
        }
      }
    }
  }
}
