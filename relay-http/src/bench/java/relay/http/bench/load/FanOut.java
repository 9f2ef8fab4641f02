package relay.http.bench.load;

import java.io.IOException;

/**
 * One agent sends every message to each of its phones, addressed one by one; it goes on when all
 * but a window of rounds has arrived.
 */
final class FanOut implements Workload, Phone.Story {
  private static final int ROUNDS = 8;

  private final Rooms rooms;
  private final int phones;
  private boolean isOver;
  private int outstanding;

  FanOut(Stage stage, int phones) {
    this.rooms = new Rooms(stage, phones, this);
    this.phones = phones;
  }

  @Override
  public void open() throws IOException {
    rooms.open(1);
  }

  @Override
  public boolean isOpen() {
    return rooms.areOpen();
  }

  @Override
  public void start() {
    sendMore();
  }

  @Override
  public void received(Phone phone) {
    outstanding--;
    sendMore();
  }

  private void sendMore() {
    while (!isOver && outstanding <= (ROUNDS - 1) * phones) {
      outstanding += phones;
      rooms.agents().getFirst().send(System.nanoTime());
    }
  }

  @Override
  public void stop() {
    isOver = true;
  }
}
