package relay.http.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Rooms that talk at a fixed rate, beside agents that send to a thousand phones of other rooms.
 * Only the talk is counted and timed; whether those phones read is all that differs between two
 * cells.
 */
final class Stalled implements Workload {
  private static final int PHONES_EACH = 16;

  /** The kernel takes 2.6 MB for a phone on loopback before the relay has to keep anything. */
  private static final int BYTES = 12 * 1024;

  private static final long BETWEEN_AGENTS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int SLOW_CONSUMER = 1011;

  private final Stage stage;
  private final Paced talk;
  private final Rooms others;
  private final int phones;
  private final boolean areReading;
  private long due = Long.MAX_VALUE;
  private int turn;

  Stalled(Stage stage, Paced talk, int phones, boolean areReading) {
    this.stage = stage;
    this.talk = talk;
    this.others = new Rooms(stage.beside(BYTES), PHONES_EACH, new Phone.Story() {});
    this.phones = phones;
    this.areReading = areReading;
  }

  @Override
  public void open() throws IOException {
    talk.open();
    others.open((phones + PHONES_EACH - 1) / PHONES_EACH);
  }

  @Override
  public boolean isOpen() {
    return talk.isOpen() && others.areOpen();
  }

  @Override
  public void start() {
    talk.start();
    if (!areReading) {
      others.phones().forEach(Phone::stopReading);
    }
    due = System.nanoTime();
  }

  @Override
  public long pace(long now) {
    for (; due <= now; due += BETWEEN_AGENTS) {
      others.agents().get(turn).send(now);
      turn = (turn + 1) % others.agents().size();
    }
    return Math.min(due, talk.pace(now));
  }

  /** A phone that took nothing was closed 1011, or its connection was cut when even that stuck. */
  @Override
  public void stop() {
    talk.stop();
    due = Long.MAX_VALUE;
    if (!areReading) {
      others.phones().forEach(Phone::readAgain);
      stage.loop().after(TimeUnit.SECONDS.toNanos(2), this::judge);
      stage.tally().sent();
    }
  }

  private void judge() {
    stage.tally().unsent();
    for (Phone phone : others.phones()) {
      int code = phone.closeCode();
      if (code != SLOW_CONSUMER && code != Connection.ABNORMAL) {
        stage.tally().fault(code == 0 ? "slow phone still open" : "slow phone closed " + code);
      }
    }
  }
}
