package relay.http.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * The timers of one event loop: a hashed wheel of intrusive lists, turned by one scheduled task.
 *
 * <p>Confined to its loop. Scheduling, moving and cancelling are O(1) and allocate nothing; a
 * deadline is noticed at most one {@link #TICK_MILLIS tick} late and never early.
 */
final class LoopTimers {
  static final long TICK_MILLIS = 100;

  private static final EventLog LOG = EventLog.of(LoopTimers.class);
  private static final int SLOTS = 512;
  private static final Map<EventLoop, LoopTimers> BY_LOOP =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Ticker ticker;
  private final TimerNode[] slots = new TimerNode[SLOTS];
  private long lastTick;

  LoopTimers(Ticker ticker) {
    this.ticker = ticker;
    for (int slot = 0; slot < SLOTS; slot++) {
      slots[slot] = new ListHead();
    }
    lastTick = now() / TICK_MILLIS;
  }

  /** The timers of that loop, which begin to run when they are first asked for. */
  static LoopTimers of(EventLoop loop) {
    return BY_LOOP.computeIfAbsent(loop, LoopTimers::startOn);
  }

  private static LoopTimers startOn(EventLoop loop) {
    LoopTimers timers = new LoopTimers(loop.ticker());
    var _ = loop.scheduleAtFixedRate(timers::turn, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return timers;
  }

  /** Monotonic milliseconds, the time in which deadlines are expressed. */
  long now() {
    return TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime());
  }

  /** Lets the node wait until the deadline, instead of any earlier one it waits for. */
  void schedule(TimerNode node, long deadlineMillis) {
    cancel(node);
    node.deadline = deadlineMillis;
    append(slotOf(node), node);
  }

  /** The node waits no longer; without effect if it does not wait. */
  void cancel(TimerNode node) {
    TimerNode next = node.next;
    TimerNode previous = node.previous;
    if (next == null || previous == null) {
      return;
    }
    next.previous = previous;
    previous.next = next;
    node.next = null;
    node.previous = null;
  }

  /** Expires what is due. */
  void turn() {
    long now = now();
    long tick = now / TICK_MILLIS;
    // After a stall of more than a revolution every slot is looked at once.
    long first = Math.max(lastTick + 1, tick - SLOTS + 1);
    for (long each = first; each <= tick; each++) {
      lastTick = each;
      expire(slots[index(each)], now);
    }
    lastTick = Math.max(lastTick, tick);
  }

  private void expire(TimerNode slot, long now) {
    TimerNode due = new ListHead();
    moveAll(slot, due);
    for (TimerNode node = due.next; node != null && node != due; node = due.next) {
      cancel(node);
      if (node.deadline > now) {
        append(slotOf(node), node);
      } else {
        run(node, now);
      }
    }
  }

  private static void run(TimerNode node, long now) {
    try {
      node.expired(now);
    } catch (Throwable e) {
      // What goes wrong in one timer must not stop the wheel for every other connection.
      LOG.warn("timer failed").with(LogKey.ERR, FailurePlace.of(e)).write();
    }
  }

  /** A deadline belongs to the first tick at or after it that has not been looked at. */
  private TimerNode slotOf(TimerNode node) {
    return slots[index(Math.max(Math.ceilDiv(node.deadline, TICK_MILLIS), lastTick + 1))];
  }

  private static int index(long tick) {
    return Math.floorMod(tick, SLOTS);
  }

  private static void append(TimerNode list, TimerNode node) {
    TimerNode last = list.previous == null ? list : list.previous;
    node.previous = last;
    node.next = list;
    last.next = node;
    list.previous = node;
  }

  private static void moveAll(TimerNode from, TimerNode to) {
    TimerNode first = from.next;
    TimerNode last = from.previous;
    if (first == null || last == null || first == from) {
      return;
    }
    to.next = first;
    to.previous = last;
    first.previous = to;
    last.next = to;
    from.next = from;
    from.previous = from;
  }

  /** The fixed point of a circular list. */
  private static final class ListHead extends TimerNode {
    ListHead() {
      next = this;
      previous = this;
    }

    @Override
    void expired(long nowMillis) {
      throw new IllegalStateException("a list head never waits");
    }
  }
}
