package relay.http.transport;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.http.frame.FrameParser;
import relay.http.frame.FrameSink;

/**
 * What comes from one peer. While its messages have to wait, because its dialect holds them, who
 * gets them cannot keep up, or it does not take its answers, the next message and at most 64 KiB
 * behind it are kept; pings and pongs among them are still heard.
 */
final class SocketInput implements FrameSink {
  private final WebSocketConnection connection;
  private final Channel channel;
  private final FrameParser parser;
  private final HeldInput held = new HeldInput();
  private @Nullable Waiters waitingIn;
  private boolean isHeld;
  private boolean isUnanswered;
  private boolean isBusy;
  private boolean isOver;
  private boolean hasCompleted;

  SocketInput(WebSocketConnection connection, Channel channel, int maxMessageBytes) {
    this.connection = connection;
    this.channel = channel;
    this.parser = new FrameParser(maxMessageBytes);
  }

  /** Consumes the bytes, which are unmasked in place. */
  void received(ByteBuffer in) {
    if (held.isEmpty()) {
      read(in);
    } else {
      keep(in);
    }
    adjustReads();
  }

  void hold() {
    isHeld = true;
  }

  void release() {
    isHeld = false;
    goOn();
  }

  /** Too much of what the peer was answered has not been sent; more would be said to nobody. */
  void waitForAnswers() {
    isUnanswered = true;
  }

  /** The peer has taken enough of its answers to go on; without effect if it did not wait. */
  void answersTaken() {
    if (isUnanswered) {
      isUnanswered = false;
      goOn();
    }
  }

  /** Whether a message is under way, or messages have to wait. */
  boolean hasUnheard() {
    return isBlocked() || !held.isEmpty() || parser.midMessage();
  }

  /** Lets messages wait until those waiters are resumed. */
  void waitIn(Waiters waiters) {
    if (waitingIn == null && connection.isOpen() && !connection.isOver()) {
      waitingIn = waiters;
      waiters.add(this);
      connection.meters().paused();
    }
  }

  /** The waiters it waited in have let it go. */
  void resume() {
    waitingIn = null;
    goOn();
  }

  /** The connection is being closed: messages are of no use, the peer's close frame is. */
  void discard() {
    leaveWaiters();
    isHeld = false;
    isUnanswered = false;
    goOn();
  }

  /**
   * Nothing more comes. Returns false while what came before still waits for room; then the
   * connection is told when it is through.
   */
  boolean ended() {
    isOver = true;
    // Nobody will take the answers, and what was said before the end still counts.
    answersTaken();
    return waitingIn == null;
  }

  @Override
  public boolean message(ByteBuffer payload, boolean text) {
    hasCompleted = true;
    if (isBlocked()) {
      held.keepMessage(payload);
      return false;
    }
    connection.message(payload);
    return true;
  }

  @Override
  public void ping(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(copy);
    connection.pinged(copy);
  }

  @Override
  public void pong(ByteBuffer payload) {
    connection.ponged(payload);
  }

  @Override
  public void close(int code, String reason) {
    connection.ending().peerClosed(code, reason);
  }

  @Override
  public void violation(int closeCode, String reason) {
    connection.ending().violated(closeCode, reason);
  }

  private boolean isBlocked() {
    return isHeld || isUnanswered || waitingIn != null;
  }

  private void read(ByteBuffer in) {
    isBusy = true;
    hasCompleted = false;
    try {
      parser.parse(in, this);
    } finally {
      isBusy = false;
    }
    if (in.hasRemaining()) {
      keep(in);
    }
    connection.timer().midMessage(parser.midMessage(), hasCompleted);
  }

  private void keep(ByteBuffer rest) {
    held.keepBytes(rest);
    held.lookAhead(this);
  }

  private void goOn() {
    while (!isBusy && !isBlocked() && !held.isEmpty()) {
      byte[] message = held.takeMessage();
      if (message == null) {
        read(held.takeBytes());
      } else {
        isBusy = true;
        try {
          connection.message(ByteBuffer.wrap(message));
        } finally {
          isBusy = false;
        }
      }
    }
    if (isOver && !isBusy && waitingIn == null) {
      connection.ending().delivered();
    }
    adjustReads();
  }

  private void adjustReads() {
    boolean isWanted = !held.isFull();
    if (!isOver && channel.config().isAutoRead() != isWanted) {
      channel.config().setAutoRead(isWanted);
    }
  }

  private void leaveWaiters() {
    if (waitingIn != null) {
      waitingIn.remove(this);
      waitingIn = null;
    }
  }
}
