package relay.http.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Agents send at a fixed rate, in turn. Every message carries the time it was due, not the time it
 * was sent, so that a stall shows in every message it delays (no coordinated omission).
 */
final class Paced implements Workload, Phone.Story {
  private final Rooms rooms;
  private final int count;
  private final long interval;
  private long due = Long.MAX_VALUE;
  private int turn;

  Paced(Stage stage, int count, int perSecond) {
    this.rooms = new Rooms(stage, 1, this);
    this.count = count;
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  @Override
  public void open() throws IOException {
    rooms.open(count);
  }

  @Override
  public boolean isOpen() {
    return rooms.areOpen();
  }

  @Override
  public void start() {
    due = System.nanoTime();
  }

  @Override
  public long pace(long now) {
    List<Agent> agents = rooms.agents();
    for (; due <= now; due += interval) {
      agents.get(turn).send(due);
      turn = (turn + 1) % agents.size();
    }
    return due;
  }

  @Override
  public void stop() {
    due = Long.MAX_VALUE;
  }
}
