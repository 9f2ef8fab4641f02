package relay.http.bench.load;

import java.io.IOException;

/** Each phone keeps a window of messages under way, and its agent answers every one. */
final class PingPong implements Workload, Phone.Story {
  private final Rooms rooms;
  private final int count;
  private final int window;
  private boolean isOver;

  PingPong(Stage stage, int count, int window) {
    this.rooms = new Rooms(stage, 1, this);
    this.count = count;
    this.window = window;
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
    for (Phone phone : rooms.phones()) {
      for (int i = 0; i < window; i++) {
        phone.send(System.nanoTime());
      }
    }
  }

  @Override
  public void received(Phone phone) {
    if (!isOver) {
      phone.send(System.nanoTime());
    }
  }

  @Override
  public void stop() {
    isOver = true;
  }
}
