package relay.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.sharding.EntityIds;
import relay.http.testing.TestPeer;

/** A binary and its phone under a server-id that tries to be trouble. */
record OddRoom(String serverId, TestPeer binary, TestPeer phone) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static OddRoom open(int port, String serverId) {
    return new OddRoom(serverId, TestPeer.binary(port, serverId), TestPeer.phone(port, serverId));
  }

  /** Both ways, and only between these two. */
  void talk(int number) {
    phone.send("{\"n\":" + number + "}");
    ObjectNode envelope = read(binary.expectText());
    assertThat(envelope.path("frame").path("n").asInt()).isEqualTo(number);
    assertThat(envelope.path("conn_id").asText())
        .startsWith("client-" + nameOf(serverId) + "-")
        .hasSize("client-".length() + nameOf(serverId).length() + "-".length() + 8);
    binary.send(envelope.toString());
    phone.expect("{\"n\":" + number + "}");
  }

  /** What the relay calls it: the same, unless it is too long. */
  static String nameOf(String serverId) {
    return EntityIds.canonical(new RoomKey(Dialect.PYRYCODE, serverId)).id();
  }

  private static ObjectNode read(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return (ObjectNode) read;
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }

  @Override
  public void close() {
    phone.close();
    binary.close();
  }
}
