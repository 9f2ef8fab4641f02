package relay.core.room;

/**
 * Names one room in the cluster. The id is compared byte for byte and may be any non-empty text.
 */
public record RoomKey(Dialect dialect, String id) {
  public RoomKey {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("\"\" is not a room id: it must not be empty");
    }
  }
}
