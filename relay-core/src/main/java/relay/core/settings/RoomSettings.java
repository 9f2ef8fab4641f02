package relay.core.settings;

import java.time.Duration;

/**
 * What holds for rooms of every dialect.
 *
 * @param passivateAfter how long a room that is asked nothing stays in memory, connected or not
 */
public record RoomSettings(Duration passivateAfter) {
  public RoomSettings {
    Expect.positive("relay.room.passivate-after", passivateAfter);
  }

  static RoomSettings from(Section section) {
    return new RoomSettings(section.duration("passivate-after"));
  }
}
