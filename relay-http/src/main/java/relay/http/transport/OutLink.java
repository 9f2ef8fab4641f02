package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import relay.core.wire.FrameBatchWriter;

/**
 * The frames that one loop sends to another loop or node, at most a window of them under way.
 *
 * <p>Confined to the sending loop. A source waits where it meets a full window, a congested target,
 * or too much of its own under way, so every bound is overshot by at most one message of each.
 */
final class OutLink {
  private static final byte[] NOTHING = {};

  /** Hands a batch over; sequence numbers begin at 1. */
  @FunctionalInterface
  interface Carrier {
    void carry(long sequence, boolean wantsCredit, byte[] records);
  }

  private record Mark(long position, Waiters waiters) {}

  private final String edge;
  private final int generation;
  private final LinkLimits limits;
  private final Carrier carrier;
  private final FrameBatchWriter batch;
  private final Waiters windowWaiters = new Waiters();
  private final Map<Long, Waiters> congested = new HashMap<>();
  private final Queue<Mark> marks = new ArrayDeque<>();
  private @Nullable Waiters batchWaiters;
  private boolean wantsCredit;
  private long sequence;
  private long sent;
  private long consumed;
  private boolean isLost;

  OutLink(String edge, int generation, LinkLimits limits, Carrier carrier) {
    this.edge = edge;
    this.generation = generation;
    this.limits = limits;
    this.carrier = carrier;
    this.batch = new FrameBatchWriter(limits.batchBytes());
  }

  /** The edge at the other end. */
  String edge() {
    return edge;
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

  /** How much was sent so far, the batch being collected included. */
  long position() {
    return sent + batch.size();
  }

  boolean hasConsumed(long position) {
    return consumed >= position;
  }

  /** The other side shall say when it has consumed the batch being collected. */
  void askForCredit() {
    wantsCredit = true;
  }

  void append(Parcel parcel, long socket, Flow from) {
    int bytes = FrameBatchWriter.HEADER_BYTES + parcel.length();
    if (bytes > limits.recordBytes()) {
      appendInPieces(parcel, socket);
    } else {
      makeRoom(bytes);
      batch.append(parcel.recordFor(socket), parcel.head, parcel.body, parcel.tail);
    }
    throttle(socket, from, from.add(bytes));
    if (batch.size() >= limits.batchBytes()) {
      ship();
    }
  }

  private void makeRoom(int bytes) {
    if (batch.size() + bytes > limits.batchBytes()) {
      ship();
    }
  }

  /** One after the other, so that nothing else of this link comes between them. */
  private void appendInPieces(Parcel parcel, long socket) {
    ByteBuffer whole = parcel.joined();
    int pieceBytes = limits.recordBytes() - FrameBatchWriter.HEADER_BYTES;
    int following = Math.ceilDiv(whole.remaining(), pieceBytes);
    boolean isFirst = true;
    int end = whole.limit();
    while (following > 0) {
      following--;
      whole.limit(Math.min(end, whole.position() + pieceBytes));
      makeRoom(FrameBatchWriter.HEADER_BYTES + whole.remaining());
      batch.append(parcel.pieceFor(socket, isFirst, following), NOTHING, whole, NOTHING);
      whole.position(whole.limit());
      isFirst = false;
    }
  }

  private void throttle(long socket, Flow from, boolean isTooMuch) {
    Waiters atTarget = congested.isEmpty() ? null : congested.get(socket);
    if (atTarget != null) {
      from.source().waitIn(atTarget);
    } else if (!hasRoom()) {
      from.source().waitIn(windowWaiters);
    } else if (isTooMuch) {
      if (batchWaiters == null) {
        batchWaiters = new Waiters();
      }
      from.source().waitIn(batchWaiters);
      askForCredit();
    }
  }

  private boolean hasRoom() {
    return position() - consumed <= limits.windowBytes();
  }

  /** Hands over what has come together. */
  void ship() {
    if (batch.size() == 0 || isLost) {
      return;
    }
    sent += limits.charge(batch.size());
    sequence++;
    if (batchWaiters != null) {
      marks.add(new Mark(sent, batchWaiters));
      batchWaiters = null;
    }
    boolean isAsking = wantsCredit;
    wantsCredit = false;
    carrier.carry(sequence, isAsking, batch.take());
  }

  /** The other side has consumed so much in all. */
  void credit(long consumedBytes) {
    consumed = Math.max(consumed, consumedBytes);
    for (Mark mark = marks.peek(); mark != null && hasConsumed(mark.position); ) {
      marks.remove();
      mark.waiters.resumeAll();
      mark = marks.peek();
    }
    if (sent - consumed < limits.windowBytes() / 2) {
      windowWaiters.resumeWhile(this::hasRoom);
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
    List<Waiters> waiting = new ArrayList<>(congested.values());
    marks.forEach(mark -> waiting.add(mark.waiters));
    waiting.add(windowWaiters);
    if (batchWaiters != null) {
      waiting.add(batchWaiters);
    }
    congested.clear();
    marks.clear();
    batchWaiters = null;
    waiting.forEach(Waiters::resumeAll);
  }
}
