package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.sharding.EntityIds;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** Headers as long as a request may be: what of them a socket and its room keep. */
class LongHeadersTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  @AutoClose private final LogLines log = new LogLines();
  private final RouteStage routes = new RouteStage(TEST_KIT.system());
  private final Stage stage = routes.stage;

  @Test
  void aServerIdOf200CharactersIsNamedAsItIs() {
    String serverId = "s".repeat(200);
    phone("X-Pyrycode-Server", serverId);
    assertThat(connId()).matches("client-" + serverId + "-[0-9a-f]{8}");
  }

  @Test
  void aLongerOneGoesByItsHash() {
    RoomKey given = new RoomKey(Dialect.PYRYCODE, "s".repeat(30_000));
    RoomKey known = EntityIds.canonical(given);
    phone("X-Pyrycode-Server", given.id());
    assertThat(connId()).matches("client-" + known.id() + "-[0-9a-f]{8}");
    FakeSocket binary = binary("X-Pyrycode-Server", given.id());
    assertThat(connId()).matches("server-" + known.id() + "-[0-9a-f]{8}");
    assertThat(stage.rooms.rooms()).containsOnly(known);
    binary.tell(new RoomNotice.AgentGranted(2, 1, false));
    assertThat(log.lines().getLast()).contains("server_id=" + known.id() + ",");
  }

  @Test
  void ofNamesNoMoreIsKeptThanALogNeeds() {
    String name = "n".repeat(30_000);
    phone("X-Pyrycode-Device-Name", name).tell(new RoomNotice.PhoneGranted(1, 1, Stage.AGENT, 0));
    assertThat(log.lines().getLast()).contains("device_name=" + "n".repeat(256) + ",");
    binary("X-Pyrycode-Version", name).tell(new RoomNotice.AgentGranted(2, 1, false));
    assertThat(log.lines().getLast()).contains("binary_version=" + "n".repeat(256) + ",");
  }

  private FakeSocket phone(String header, String value) {
    return open("/v1/client", RouteStage.PHONE, Map.of(header, value), 1);
  }

  private FakeSocket binary(String header, String value) {
    return open("/v1/server", RouteStage.BINARY, Map.of(header, value), 2);
  }

  private FakeSocket open(
      String path, Map<String, String> usual, Map<String, String> odd, long number) {
    Map<String, String> headers = new HashMap<>(usual);
    headers.putAll(odd);
    var request = RouteStage.request(path, RouteStage.HANDSHAKE, headers);
    return FakeSocket.open(routes.upgrade(request), number);
  }

  /** The one that the socket has told its room. */
  private String connId() {
    List<RoomCommand> told = stage.rooms.next();
    return switch (told.getFirst()) {
      case RoomCommand.AttachPhone attach -> attach.connection();
      case RoomCommand.AttachAgent attach -> attach.connection();
      default -> throw new AssertionError(told);
    };
  }
}
