package relay.http.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * Everybody loses the connection at once, as when a balancer restarts, and comes back at once. What
 * is measured begins with the loss and counts every phone that is answered again.
 */
final class Comeback implements Workload, Phone.Story {
  private final Stage stage;
  private final int count;
  private final Rooms rooms;
  private int back;

  Comeback(Stage stage, int count) {
    this.stage = stage;
    this.count = count;
    this.rooms = new Rooms(stage, 1, new Phone.Story() {});
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
  public void start() {}

  @Override
  public void measured() {
    List<String> names = List.copyOf(rooms.names());
    rooms.phones().forEach(Phone::abandon);
    rooms.agents().forEach(Agent::abandon);
    for (String name : names) {
      rooms.agent(name, () -> {});
      rooms.join(name, this);
    }
  }

  @Override
  public void joined(Phone phone) {
    back++;
    stage.tally().joined(System.nanoTime() - phone.since());
  }

  @Override
  public void stop() {
    for (int missing = count - back; missing > 0; missing--) {
      stage.tally().fault("not back");
    }
  }
}
