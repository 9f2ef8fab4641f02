package relay.persistence.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import relay.core.account.AccountEvent;
import relay.core.account.AccountSnapshot;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;

/** Whatever the journal and the snapshot store keep, as a manifest and JSON bytes, and back. */
public final class StoredForm {
  /** The serializer's number in every row ever written. */
  public static final int SERIALIZER_ID = 7_301;

  /** Under this manifest a room's last event says that nothing is kept of it. */
  public static final String ROOM_FORGOTTEN = RoomEventJson.FORGOTTEN;

  private static final List<StoredKind<?>> KINDS =
      List.of(
          new StoredKind<>(
              RoomEvent.class,
              RoomEventJson.MANIFESTS,
              RoomEventJson::manifest,
              RoomEventJson::write,
              RoomEventJson::read),
          StoredKind.snapshot(
              RoomSnapshot.class,
              RoomSnapshotJson.MANIFEST,
              RoomSnapshotJson::write,
              RoomSnapshotJson::read),
          new StoredKind<>(
              AccountEvent.class,
              AccountEventJson.MANIFESTS,
              AccountEventJson::manifest,
              AccountEventJson::write,
              AccountEventJson::read),
          StoredKind.snapshot(
              AccountSnapshot.class,
              AccountSnapshotJson.MANIFEST,
              AccountSnapshotJson::write,
              AccountSnapshotJson::read),
          new StoredKind<>(
              SubscriptionEvent.class,
              SubscriptionEventJson.MANIFESTS,
              SubscriptionEventJson::manifest,
              SubscriptionEventJson::write,
              SubscriptionEventJson::read),
          StoredKind.snapshot(
              Subscription.class,
              SubscriptionSnapshotJson.MANIFEST,
              SubscriptionSnapshotJson::write,
              SubscriptionSnapshotJson::read));

  /** ASCII only: JSON has no other way to write half a surrogate pair, which an id may contain. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private StoredForm() {}

  public static String manifest(Object stored) {
    return kindOf(stored).manifestOf(stored);
  }

  public static byte[] write(Object stored) {
    try {
      return JSON.writeValueAsBytes(kindOf(stored).written(stored));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("a tree of JSON was not written", failure);
    }
  }

  /**
   * @throws NotSerializableException for a manifest this version does not know, or bytes that are
   *     not what the manifest promises; it never shows them
   */
  public static Object read(String manifest, byte[] payload) throws NotSerializableException {
    StoredKind<?> kind = kindUnder(manifest);
    try {
      return kind.read().apply(manifest, new Fields(JSON.readTree(payload)));
    } catch (IOException _) {
      throw new NotSerializableException("What is stored under '" + manifest + "' is not JSON");
    } catch (IllegalArgumentException unreadable) {
      throw new NotSerializableException(
          "What is stored under '" + manifest + "' is not readable: " + unreadable.getMessage());
    }
  }

  /** Every manifest that can be read. */
  static SortedSet<String> manifests() {
    SortedSet<String> manifests = new TreeSet<>();
    KINDS.forEach(kind -> manifests.addAll(kind.manifests()));
    return manifests;
  }

  private static StoredKind<?> kindOf(Object stored) {
    for (StoredKind<?> kind : KINDS) {
      if (kind.holds(stored)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        stored.getClass().getName() + " has no stored form: expected an event or a snapshot");
  }

  private static StoredKind<?> kindUnder(String manifest) throws NotSerializableException {
    for (StoredKind<?> kind : KINDS) {
      if (kind.manifests().contains(manifest)) {
        return kind;
      }
    }
    throw new NotSerializableException(
        "The stored manifest '%s' is not known to this version of the relay, which knows %s"
            .formatted(manifest, manifests()));
  }
}
