package relay.http.bench.load;

import java.io.IOException;

/** Phones of lasting agents join, are answered once, and leave; then the next ones come. */
final class Churn implements Workload {
  private final Stage stage;
  private final Rooms rooms;
  private final int count;
  private boolean isOver;

  Churn(Stage stage, int count) {
    this.stage = stage;
    this.rooms = new Rooms(stage, 0, new Phone.Story() {});
    this.count = count;
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
    rooms.names().forEach(this::next);
  }

  private void next(String room) {
    if (isOver) {
      return;
    }
    var _ =
        rooms.join(
            room,
            new Phone.Story() {
              @Override
              public void joined(Phone phone) {
                stage.tally().joined(System.nanoTime() - phone.since());
                phone.leave();
              }

              @Override
              public void left(Phone phone) {
                next(room);
              }
            });
  }

  @Override
  public void stop() {
    isOver = true;
  }
}
