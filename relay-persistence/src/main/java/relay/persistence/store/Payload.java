package relay.persistence.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/** A serialized event or snapshot: three columns of its row. */
final class Payload {
  private final int serializer;
  private final String manifest;
  private final byte[] bytes;

  /**
   * @param serializer the number of the serializer that wrote the bytes
   */
  Payload(int serializer, String manifest, byte[] bytes) {
    this.serializer = serializer;
    this.manifest = manifest;
    this.bytes = bytes;
  }

  /**
   * @throws RuntimeException if no serializer can write it
   */
  static Payload of(Object stored, Serialization serialization) {
    Serializer serializer = serialization.findSerializerFor(stored);
    return new Payload(
        serializer.identifier(),
        Serializers.manifestFor(serializer, stored),
        serialization.serialize(stored).get());
  }

  /**
   * @param first the first of its three columns
   */
  static Payload of(ResultSet row, int first) throws SQLException {
    return new Payload(row.getInt(first), row.getString(first + 1), row.getBytes(first + 2));
  }

  void addTo(PreparedStatement statement, int first) throws SQLException {
    statement.setInt(first, serializer);
    statement.setString(first + 1, manifest);
    statement.setBytes(first + 2, bytes);
  }

  /**
   * @throws RuntimeException if no serializer can read it
   */
  Object read(Serialization serialization) {
    return serialization.deserialize(bytes, serializer, manifest).get();
  }
}
