package relay.http.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.http.socket.SocketLimits;
import relay.http.transport.OutboundBuffer.Batch;
import relay.http.transport.OutboundBuffer.Origin;

/** Hands one batch after the other to the network, the next when the last one was taken. */
final class SocketOutput implements ChannelFutureListener {
  private final WebSocketConnection connection;
  private final EdgeLoop loop;
  private final ChannelHandlerContext context;
  private final OutboundBuffer buffer;
  private final WriteProgress progress = new WriteProgress();
  private @Nullable Batch writing;
  private boolean isDirty;
  private boolean isOver;
  private long flushedTick = -1;

  SocketOutput(
      WebSocketConnection connection,
      EdgeLoop loop,
      ChannelHandlerContext context,
      SocketLimits limits) {
    this.connection = connection;
    this.loop = loop;
    this.context = context;
    this.buffer =
        new OutboundBuffer(context.alloc(), limits.maxQueuedBytes(), limits.messageOverheadBytes());
  }

  long charged() {
    return buffer.charged();
  }

  /** What of that are answers to the peer's own messages. */
  long answers() {
    return buffer.answers();
  }

  boolean offer(byte[] head, ByteBuffer body, byte[] tail, Origin origin) {
    boolean isTaken = !isOver && buffer.offer(head, body, tail, origin);
    if (isTaken) {
      touch();
    }
    return isTaken;
  }

  void ping(byte[] payload) {
    if (!isOver) {
      buffer.ping(payload);
      touch();
    }
  }

  void pong(byte[] payload) {
    if (!isOver) {
      buffer.pong(payload);
      touch();
    }
  }

  /** Queues what ends the connection; an empty frame ends it without a word. */
  void last(byte[] closeFrame) {
    if (!isOver) {
      buffer.last(closeFrame);
      touch();
    }
  }

  /** Drops what is not being written, but for what ends the connection. Returns how many. */
  int dropMessages() {
    return buffer.dropMessages();
  }

  /** The connection is gone. */
  void release() {
    isOver = true;
    buffer.drop();
  }

  /** Writes unless that was done in this tick already; then it waits for the tick's end. */
  boolean flushOnce(long tick) {
    if (flushedTick == tick) {
      return false;
    }
    flushedTick = tick;
    flush();
    return true;
  }

  void flush() {
    isDirty = false;
    try {
      write();
    } catch (Throwable e) {
      // What other sockets have to write waits behind it.
      failed(e);
    }
  }

  private void write() {
    while (writing == null && !isOver) {
      Batch batch = buffer.next();
      if (batch == null) {
        return;
      }
      writing = batch;
      ChannelFuture written = context.writeAndFlush(batch.bytes);
      if (written.isDone()) {
        completed(batch, written);
      } else {
        progress.begin(context.channel(), loop.now());
        connection.timer().writePending();
        written.addListener(this);
      }
    }
  }

  /** Since when the network takes nothing of what is being written; the present if it does. */
  long stalledSince(long now) {
    return writing == null ? now : progress.stalledSince(context.channel(), now);
  }

  boolean isWriting() {
    return writing != null;
  }

  @Override
  public void operationComplete(ChannelFuture written) {
    if (writing != null) {
      completed(writing, written);
      flush();
    }
  }

  private void completed(Batch batch, ChannelFuture written) {
    writing = null;
    buffer.done(batch);
    if (!written.isSuccess()) {
      if (written.cause() instanceof Error e) {
        connection.faulted(e);
      }
      var _ = context.close();
      return;
    }
    isOver |= batch.isLast();
    connection.written(batch);
    if (batch.isLast()) {
      connection.ending().lastWritten();
    }
  }

  private void failed(Throwable failure) {
    boolean isClosing = !connection.isOpen();
    connection.faulted(failure);
    if (isClosing) {
      // Nothing else would end it before its peer does.
      var _ = context.close();
    }
  }

  private void touch() {
    if (!isDirty) {
      isDirty = true;
      loop.dirty(this);
    }
  }
}
