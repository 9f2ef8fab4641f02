package relay.http.bench.load;

import java.util.UUID;

/**
 * Rooms come and go whole: an agent under a new name, a phone that is answered once, both leave.
 */
final class RoomChurn implements Workload {
  private final Stage stage;
  private final Rooms rooms;
  private final int count;
  private boolean isOver;

  RoomChurn(Stage stage, int count) {
    this.stage = stage;
    this.rooms = new Rooms(stage, 0, new Phone.Story() {});
    this.count = count;
  }

  @Override
  public void open() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void start() {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void next() {
    if (!isOver) {
      new Round();
    }
  }

  @Override
  public void stop() {
    isOver = true;
  }

  /** One room's life. */
  private final class Round implements Phone.Story {
    private final String name = UUID.randomUUID().toString();
    private final long since = System.nanoTime();
    private final Agent agent = rooms.agent(name, this::admitted);

    private void admitted() {
      rooms.join(name, this);
    }

    @Override
    public void joined(Phone phone) {
      stage.tally().joined(System.nanoTime() - since);
      phone.leave();
    }

    @Override
    public void left(Phone phone) {
      agent.leave(RoomChurn.this::next);
    }
  }
}
