package relay.http.socket;

import java.util.ArrayList;
import java.util.List;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.Rooms;

/** Keeps what rooms are told. */
public final class RecordingRooms implements Rooms {
  private final List<RoomCommand> commands = new ArrayList<>();
  private final List<RoomKey> rooms = new ArrayList<>();

  @Override
  public void tell(RoomKey room, RoomCommand command) {
    rooms.add(room);
    commands.add(command);
  }

  /** What was told since this was asked last. */
  public List<RoomCommand> next() {
    List<RoomCommand> next = List.copyOf(commands);
    commands.clear();
    return next;
  }

  public List<RoomKey> rooms() {
    return List.copyOf(rooms);
  }
}
