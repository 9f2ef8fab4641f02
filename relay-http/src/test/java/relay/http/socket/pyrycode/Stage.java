package relay.http.socket.pyrycode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomNotice;
import relay.core.settings.PyrycodeSettings;
import relay.http.push.PushRefusal;
import relay.http.push.PushWakes;
import relay.http.socket.FakeSocket;
import relay.http.socket.RecordingRooms;
import relay.http.throttle.ConnectionCap;

/** One node with everything around the dialect's sockets recorded. */
final class Stage {
  static final String SERVER_ID = "srv";
  static final SocketAddress AGENT = new SocketAddress("edge", 900);
  static final long EPOCH = 3;
  static final PyrycodeSettings SETTINGS =
      new PyrycodeSettings(
          16,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          262_144,
          4_194_304,
          4_194_304,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12));

  final RecordingRooms rooms = new RecordingRooms();
  final RecordingMeters meters = new RecordingMeters();
  final ConnectedSockets connected = new ConnectedSockets();
  final ConnectionCap cap = new ConnectionCap(100);
  final Map<SocketAddress, FakeSocket> network = new HashMap<>();
  final List<String> wakes = new ArrayList<>();
  Optional<PushRefusal> wakeAnswer = Optional.empty();
  final PyrycodePorts ports =
      new PyrycodePorts(rooms, pushWakes(), SETTINGS, meters, connected, new Random(7));

  private PushWakes pushWakes() {
    return (serverId, pushWake) -> {
      wakes.add(serverId + " " + StandardCharsets.UTF_8.decode(pushWake.duplicate()));
      return wakeAnswer;
    };
  }

  /** A phone that has asked its room for a slot. */
  FakeSocket arrivingPhone(long number) {
    PhoneCaller caller = new PhoneCaller(SERVER_ID, connId(number), "pixel");
    ConnectionCap.Slot slot = cap.take().orElseThrow();
    return FakeSocket.open(new PhoneSocket(ports, caller, slot), number, network);
  }

  /** A phone that knows its agent. */
  FakeSocket phone(long number) {
    FakeSocket phone = arrivingPhone(number);
    phone.tell(new RoomNotice.PhoneGranted(number, EPOCH, AGENT, 0));
    rooms.next();
    return phone;
  }

  /** A binary that has asked its room for the slot. */
  FakeSocket arrivingBinary() {
    BinaryCaller caller = new BinaryCaller(SERVER_ID, "server-srv-0000aaaa", "1.2.3");
    ConnectionCap.Slot slot = cap.take().orElseThrow();
    return FakeSocket.open(new BinarySocket(ports, caller, slot), AGENT.number(), network);
  }

  /** A binary that holds the server-id. */
  FakeSocket binary() {
    FakeSocket binary = arrivingBinary();
    binary.tell(new RoomNotice.AgentGranted(AGENT.number(), EPOCH, false));
    rooms.next();
    return binary;
  }

  /** Lets the binary know of that phone. */
  static void introduce(FakeSocket binary, long phone) {
    binary.tell(
        new RoomNotice.PhoneJoined(
            AGENT.number(), EPOCH, connId(phone), new SocketAddress("edge", phone), null));
  }

  static String connId(long phone) {
    return "client-srv-" + String.format("%08x", phone);
  }

  static String envelope(long phone, String frame) {
    return "{\"conn_id\":\"" + connId(phone) + "\",\"frame\":" + frame + "}";
  }

  static String directive(long phone, String frame, int closeCode) {
    return "{\"conn_id\":\"%s\",\"frame\":%s,\"close_code\":%d}"
        .formatted(connId(phone), frame, closeCode);
  }

  static String closeNotice(long phone, int closeCode) {
    return "{\"conn_id\":\"%s\",\"close_code\":%d}".formatted(connId(phone), closeCode);
  }
}
