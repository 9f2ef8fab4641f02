package relay.persistence.journal;

import java.nio.file.Path;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.settings.StorageSettings;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** A process that claims one room after the other and prints each that was granted, for ever. */
final class AcknowledgingNode {
  /** Claims under way at once, so that transactions overlap. */
  private static final int UNDER_WAY = 8;

  private AcknowledgingNode() {}

  public static void main(String[] arguments) {
    Storage storage = Storage.of(new StorageSettings(null, null, null, Path.of(arguments[0])));
    Migrations.run(storage);
    try (JournalNode node = JournalNode.start(storage)) {
      for (long claims = 1; ; claims++) {
        node.room(room(claims))
            .tell(new RoomCommand.AttachAgent(node.socket(), "server-" + claims + "-01020304"));
        if (claims >= UNDER_WAY) {
          System.out.println(node.told(RoomNotice.AgentGranted.class).socket());
        }
      }
    }
  }

  /** The room that the process's nth socket claims. */
  static RoomKey room(long socket) {
    return new RoomKey(Dialect.PYRYCODE, "room-" + socket);
  }
}
