package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import relay.core.wire.FrameBatchWriter;
import relay.core.wire.FrameBatchWriter.Head;

/**
 * The frames that one loop sends to another loop or node, at most a window of them under way.
 *
 * <p>Confined to the sending loop. A source that meets a full window or a congested target joins
 * its waiters, so the window is overshot by at most one read of each.
 */
final class OutLink {

  /** Hands a batch over; sequence numbers begin at 1. */
  @FunctionalInterface
  interface Carrier {
    void carry(long sequence, byte[] records);
  }

  private final LinkLimits limits;
  private final Carrier carrier;
  private final int generation;
  private final FrameBatchWriter batch;
  private final Waiters windowWaiters = new Waiters();
  private final Map<Long, Waiters> congested = new HashMap<>();
  private long sequence;
  private long sent;
  private long consumed;
  private boolean isLost;

  OutLink(LinkLimits limits, int generation, Carrier carrier) {
    this.limits = limits;
    this.generation = generation;
    this.carrier = carrier;
    this.batch = new FrameBatchWriter(limits.batchBytes());
  }

  int generation() {
    return generation;
  }

  boolean isLost() {
    return isLost;
  }

  boolean isEmpty() {
    return batch.size() == 0;
  }

  void append(Head of, byte[] head, ByteBuffer body, byte[] tail) {
    int bytes = FrameBatchWriter.HEADER_BYTES + head.length + body.remaining() + tail.length;
    if (batch.size() + bytes > limits.batchBytes()) {
      ship();
    }
    batch.append(of, head, body, tail);
    if (batch.size() >= limits.batchBytes()) {
      ship();
    }
  }

  /** Lets the source wait if there is no room for more of it. */
  void throttle(long socket, SocketInput source) {
    if (sent + batch.size() - consumed > limits.windowBytes()) {
      source.waitIn(windowWaiters);
    } else if (!congested.isEmpty()) {
      Waiters waiters = congested.get(socket);
      if (waiters != null) {
        source.waitIn(waiters);
      }
    }
  }

  /** Hands over what has come together. */
  void ship() {
    if (batch.size() > 0 && !isLost) {
      sent += limits.charge(batch.size());
      sequence++;
      carrier.carry(sequence, batch.take());
    }
  }

  /** The other side has consumed so much in all. */
  void credit(long consumedBytes) {
    consumed = Math.max(consumed, consumedBytes);
    if (sent - consumed < limits.windowBytes() / 2) {
      windowWaiters.resumeAll();
    }
  }

  void congested(long socket, boolean isCongested) {
    if (isCongested && !isLost) {
      congested.computeIfAbsent(socket, _ -> new Waiters());
    } else {
      Waiters waiters = congested.remove(socket);
      if (waiters != null) {
        waiters.resumeAll();
      }
    }
  }

  /** Nothing gets through any more, so nobody has to wait. */
  void lose() {
    isLost = true;
    var waiting = Map.copyOf(congested);
    congested.clear();
    windowWaiters.resumeAll();
    waiting.values().forEach(Waiters::resumeAll);
  }
}
