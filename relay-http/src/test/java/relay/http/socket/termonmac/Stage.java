package relay.http.socket.termonmac;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.limits.BucketSize;
import relay.core.limits.Limit;
import relay.core.limits.RateLimits;
import relay.core.protocol.Keys;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.settings.TermonmacSettings;
import relay.http.access.Authentication;
import relay.http.access.ClientAddress;
import relay.http.socket.FakeSocket;
import relay.http.socket.RecordingRooms;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.RequestLimits;

/** One node with everything around the dialect's sockets recorded. */
final class Stage {
  static final String ROOM = "K7X2M9QJ4T";
  static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  static final AccountId OTHER = new AccountId("ffffffffffffffffffffffffffffffff");
  static final long FAMILY = 3;
  static final long MAC = 900;
  static final long PHONE = 7;
  static final SocketAddress MAC_SOCKET = new SocketAddress("edge", MAC);
  static final String NO_PEER = error("NO_PEER", "Peer not connected");
  static final Keys MAC_KEYS = new Keys("macKey", "macNonce", "macEphemeral");
  static final Keys PHONE_KEYS = new Keys("iosKey", "iosNonce", "iosEphemeral");

  static final String REGISTER =
      """
      {"type":"register_room","room_id":"K7X2M9QJ4T","secret_hash":"hash1","public_key":"macKey",\
      "session_nonce":"macNonce","ephemeral_key":"macEphemeral"}\
      """;
  static final String REGISTER_AGAIN =
      """
      {"type":"register_room","room_id":"K7X2M9QJ4T","secret_hash":"hash2","public_key":"macKey",\
      "session_nonce":"macNonce","ephemeral_key":""}\
      """;
  static final String JOIN =
      """
      {"type":"join_room","room_id":"K7X2M9QJ4T","secret_hash":"hash1","public_key":"iosKey",\
      "session_nonce":"iosNonce","ephemeral_key":"iosEphemeral"}\
      """;
  static final String RELAY = "{\"type\":\"relay\",\"payload\":\"QUJD\"}";
  static final String BATCH = "{\"type\":\"relay_batch\",\"payloads\":[\"QUJD\",\"REVG\"]}";
  static final String HEARTBEAT = "{\"type\":\"heartbeat\"}";
  static final String PEER_IS_MAC =
      """
      {"type":"peer_joined","public_key":"macKey","session_nonce":"macNonce",\
      "ephemeral_key":"macEphemeral"}\
      """;
  static final String PEER_IS_PHONE =
      """
      {"type":"peer_joined","public_key":"iosKey","session_nonce":"iosNonce",\
      "ephemeral_key":"iosEphemeral"}\
      """;
  static final String REGISTERED =
      "{\"type\":\"room_registered\",\"room_id\":\"K7X2M9QJ4T\",\"max_sessions\":-1}";

  static final TermonmacSettings SETTINGS =
      new TermonmacSettings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(45),
          1_048_576,
          8_388_608,
          4_194_304,
          33_554_432,
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          10);

  final RecordingRooms rooms = new RecordingRooms();
  final RecordingMeters meters = new RecordingMeters();
  final FakeAllowance allowance = new FakeAllowance();
  final ConnectionCap cap = new ConnectionCap(100);
  final Map<SocketAddress, FakeSocket> network = new HashMap<>();
  final RequestLimits limits =
      new RequestLimits(
          new ClientAddress(List.of()),
          new RateLimits(
              Map.of(Limit.AUTH_FAILED, new BucketSize(10, Duration.ofSeconds(6))), () -> 0L));
  CompletionStage<Optional<String>> ownersEmail =
      CompletableFuture.completedFuture(Optional.of("owner@example.org"));
  final List<String> checks = new ArrayList<>();
  CompletionStage<Authentication> signIn = accepted(false);
  final TermonmacPorts ports =
      new TermonmacPorts(
          rooms,
          allowance,
          (account, family) -> {
            checks.add(account + " " + family);
            return signIn;
          },
          _ -> ownersEmail,
          limits,
          SETTINGS,
          new CreditTerms(1, 100, Duration.ofSeconds(2)),
          meters,
          new Random(7));

  static CompletionStage<Authentication> accepted(boolean isDeleted) {
    return CompletableFuture.completedFuture(
        new Authentication.Accepted(
            ACCOUNT, FAMILY, "me@example.org", null, isDeleted ? Instant.EPOCH : null));
  }

  static String error(String code, String message) {
    return "{\"type\":\"error\",\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, message);
  }

  static String gone(String reason) {
    return "{\"type\":\"peer_disconnected\",\"reason\":\"" + reason + "\"}";
  }

  /** A socket that was let in, and says nothing yet. */
  FakeSocket open(long number, Arrival.Hint hint) {
    OptionalInt granted = hint == Arrival.Hint.MAC ? OptionalInt.of(-1) : OptionalInt.empty();
    Caller caller = new Caller(ACCOUNT, FAMILY, Optional.of("me@example.org"));
    TermonmacSocket handler =
        new TermonmacSocket(
            ports, caller, new Arrival(ROOM, hint, granted), cap.take().orElseThrow());
    return FakeSocket.open(handler, number, network).turn();
  }

  /** A Mac that has asked for its room. */
  FakeSocket arrivingMac() {
    FakeSocket mac = open(MAC, Arrival.Hint.MAC);
    mac.message(REGISTER);
    return mac;
  }

  /** A Mac that holds its room in epoch 1, alone. */
  FakeSocket mac() {
    FakeSocket mac = arrivingMac();
    mac.tell(new RoomNotice.AgentGranted(MAC, 1, false));
    rooms.next();
    allowance.asked();
    allowance.rooms();
    return mac;
  }

  /** A Mac that has met a phone in epoch 2. */
  FakeSocket pairedMac() {
    FakeSocket mac = mac();
    mac.tell(joined(2));
    return mac.turn();
  }

  static RoomNotice.PhoneJoined joined(long epoch) {
    return new RoomNotice.PhoneJoined(
        MAC, epoch, "ios" + epoch, new SocketAddress("edge", PHONE), null, PHONE_KEYS);
  }

  /** A phone that has asked to join. */
  FakeSocket arrivingPhone() {
    FakeSocket phone = open(PHONE, Arrival.Hint.IOS);
    phone.message(JOIN);
    return phone;
  }

  /** A phone that waits for its Mac in epoch 1. */
  FakeSocket phone() {
    FakeSocket phone = arrivingPhone();
    phone.tell(new RoomNotice.PhoneGranted(PHONE, 1, null, 0));
    rooms.next();
    allowance.asked();
    return phone;
  }

  /** A phone that has met its Mac in epoch 2. */
  FakeSocket pairedPhone() {
    FakeSocket phone = phone();
    phone.tell(granted(2));
    return phone.turn();
  }

  static RoomNotice.PhoneGranted granted(long epoch) {
    return new RoomNotice.PhoneGranted(PHONE, epoch, MAC_SOCKET, 0, MAC_KEYS);
  }

  /** The one command the room was told since it was asked last. */
  RoomCommand command() {
    List<RoomCommand> commands = rooms.next();
    if (commands.size() != 1) {
      throw new AssertionError("expected one command, but got " + commands);
    }
    return commands.getFirst();
  }
}
