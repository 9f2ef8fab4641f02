package relay.persistence.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.SortedSet;
import java.util.TreeSet;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;

/** Whatever the journal and the snapshot store keep, as a manifest and JSON bytes, and back. */
public final class StoredForm {
  /** The serializer's number in every row ever written. */
  public static final int SERIALIZER_ID = 7_301;

  /** Under this manifest a room's last event says that nothing is kept of it. */
  public static final String ROOM_FORGOTTEN = RoomEventJson.FORGOTTEN;

  /** ASCII only: JSON has no other way to write half a surrogate pair, which an id may contain. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private StoredForm() {}

  public static String manifest(Object stored) {
    return switch (stored) {
      case RoomEvent event -> RoomEventJson.manifest(event);
      case RoomSnapshot _ -> RoomSnapshotJson.MANIFEST;
      default -> throw notOurs(stored);
    };
  }

  public static byte[] write(Object stored) {
    ObjectNode node =
        switch (stored) {
          case RoomEvent event -> RoomEventJson.write(event);
          case RoomSnapshot snapshot -> RoomSnapshotJson.write(snapshot);
          default -> throw notOurs(stored);
        };
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("a tree of JSON was not written", failure);
    }
  }

  /**
   * @throws NotSerializableException for a manifest this version does not know, or bytes that are
   *     not what the manifest promises; it never shows them
   */
  public static Object read(String manifest, byte[] payload) throws NotSerializableException {
    if (!manifest.equals(RoomSnapshotJson.MANIFEST)
        && !RoomEventJson.MANIFESTS.contains(manifest)) {
      throw new NotSerializableException(
          "The stored manifest '%s' is not known to this version of the relay, which knows %s"
              .formatted(manifest, manifests()));
    }
    try {
      Fields fields = new Fields(JSON.readTree(payload));
      return manifest.equals(RoomSnapshotJson.MANIFEST)
          ? RoomSnapshotJson.read(fields)
          : RoomEventJson.read(manifest, fields);
    } catch (IOException _) {
      throw new NotSerializableException("What is stored under '" + manifest + "' is not JSON");
    } catch (IllegalArgumentException unreadable) {
      throw new NotSerializableException(
          "What is stored under '" + manifest + "' is not readable: " + unreadable.getMessage());
    }
  }

  /** Every manifest that can be read. */
  static SortedSet<String> manifests() {
    SortedSet<String> manifests = new TreeSet<>(RoomEventJson.MANIFESTS);
    manifests.add(RoomSnapshotJson.MANIFEST);
    return manifests;
  }

  private static IllegalArgumentException notOurs(Object stored) {
    return new IllegalArgumentException(
        stored.getClass().getName() + " has no stored form: expected an event or a snapshot");
  }
}
