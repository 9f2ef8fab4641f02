package relay.core.room;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;

/**
 * A TermOnMac room played through: given events, one verb after another, each one's verdict holding
 * before the next. Sockets of Macs have numbers from 1, those of phones from 101.
 */
final class MacRoom {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final AccountId OWNER = new AccountId("0".repeat(32));
  static final AccountId STRANGER = new AccountId("f".repeat(32));
  static final String MAC_KEY = "mac-key";
  static final String PHONE_KEY = "phone-key";
  static final long TOKEN_LIFE = 300;

  private Arbiter arbiter;
  private Instant now = START;

  private MacRoom(Room room) {
    arbiter = new Arbiter(RoomPolicy.termonmac(), room);
  }

  static MacRoom given(RoomEvent... past) {
    Room room = Room.EMPTY;
    for (RoomEvent event : past) {
      room = Room.evolve(room, event);
    }
    return new MacRoom(room);
  }

  /** A room whose Mac holds socket 1. */
  static MacRoom withMac() {
    return given(registered(), macAttached(1, 1));
  }

  /** A room whose Mac holds socket 1, and which phone 101 has joined. */
  static MacRoom withBoth() {
    return given(registered(), macAttached(1, 1), phoneAttached(101, 2));
  }

  static RoomEvent registered() {
    return new RegistrationEvent.RoomRegistered(OWNER, hash("s0"), MAC_KEY, START);
  }

  static RoomEvent offered(String token) {
    return new RegistrationEvent.PairingOffered(hash(token), deadline(), START);
  }

  static RoomEvent used() {
    return new RegistrationEvent.PairingUsed(START);
  }

  static RoomEvent macAttached(long socket, long epoch) {
    return new RoomEvent.AgentAttached(
        epoch, socket(socket), connection(socket), macKeys(socket), START);
  }

  static RoomEvent macLeft(long socket) {
    return new RoomEvent.AgentDetached(
        socket(socket), connection(socket), CloseCause.HEARTBEAT_TIMEOUT, 4000, null, START);
  }

  static RoomEvent phoneAttached(long socket, long epoch) {
    return new RoomEvent.PhoneAttached(
        epoch, socket(socket), connection(socket), phoneKeys(socket), START);
  }

  static SocketAddress socket(long number) {
    return new SocketAddress(number % 2 == 0 ? "edge-2" : "edge-1", number);
  }

  static String connection(long socket) {
    return "connection-" + socket;
  }

  static SecretHash hash(String secret) {
    return SecretHash.ofSent(secret);
  }

  static Keys macKeys(long socket) {
    return new Keys(MAC_KEY, "mac-nonce-" + socket, "mac-ephemeral-" + socket);
  }

  static Keys phoneKeys(long socket) {
    return new Keys(PHONE_KEY, "phone-nonce-" + socket, "phone-ephemeral-" + socket);
  }

  static long deadline() {
    return START.getEpochSecond() + TOKEN_LIFE;
  }

  /** What the room's own Mac says on that socket. */
  static Registration mac(long socket, String secret) {
    return new Registration(OWNER, hash(secret), macKeys(socket), null);
  }

  static Registration offering(long socket, String token, long expiresAt) {
    return new Registration(
        OWNER, hash("s0"), macKeys(socket), new PairingOffer(hash(token), expiresAt));
  }

  /** The second form of a registration, which only tells of a new secret (TermOnMac 3.2). */
  static Registration rotated(long socket, String secret) {
    Keys keys = new Keys(MAC_KEY, "mac-nonce-" + socket, "");
    return new Registration(OWNER, hash(secret), keys, null);
  }

  static JoinRequest phone(long socket, @Nullable String secret, @Nullable String token) {
    return new JoinRequest(
        OWNER,
        phoneKeys(socket),
        secret == null ? null : hash(secret),
        token == null ? null : hash(token));
  }

  Room room() {
    return arbiter.room();
  }

  Arbiter arbiter() {
    return arbiter;
  }

  Instant now() {
    return now;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  /** The node is lost right after a snapshot, and the room comes back elsewhere. */
  void isRecoveredFromASnapshot() {
    arbiter = new Arbiter(arbiter.policy(), RoomSnapshot.of(room()).room());
  }

  @CanIgnoreReturnValue
  Verdict registers(long socket) {
    return registers(socket, mac(socket, "s0"));
  }

  @CanIgnoreReturnValue
  Verdict registers(long socket, Registration asked) {
    return then(arbiter.register(new Claim(socket(socket), connection(socket)), asked, now));
  }

  /** On a socket that was granted the slot before. */
  @CanIgnoreReturnValue
  Verdict registersAgain(long socket, Registration asked) {
    return then(arbiter.register(granted(socket), asked, now));
  }

  @CanIgnoreReturnValue
  Verdict joins(long socket) {
    return joins(socket, phone(socket, "s0", null));
  }

  @CanIgnoreReturnValue
  Verdict joins(long socket, JoinRequest asked) {
    return then(arbiter.join(new Claim(socket(socket), connection(socket)), asked, now));
  }

  /** On a socket that was granted the slot before. */
  @CanIgnoreReturnValue
  Verdict joinsAgain(long socket, JoinRequest asked) {
    return then(arbiter.join(granted(socket), asked, now));
  }

  @CanIgnoreReturnValue
  Verdict leaves(long socket, CloseCause cause) {
    return then(arbiter.detach(socket(socket), cause, 1001, now));
  }

  @CanIgnoreReturnValue
  Verdict then(Verdict verdict) {
    arbiter = arbiter.after(verdict);
    return verdict;
  }

  Optional<Long> macSocket() {
    return room().agentHolder().map(it -> it.socket().number());
  }

  Optional<Long> phoneSocket() {
    return room().phones().stream().map(it -> it.socket().number()).findFirst();
  }

  /** What both sides are told when they meet: each is handed the other's keys, the phone first. */
  static List<Tell> introduced(Slot mac, Slot phone, long epoch) {
    Tell.PhoneGranted granted =
        new Tell.PhoneGranted(phone.socket(), epoch, mac.socket(), 0, mac.keys());
    return List.of(new Tell.PhoneJoined(mac.socket(), phone.connection(), granted, phone.keys()));
  }

  /** As above, of the Mac and the phone that are there now. */
  List<Tell> introduction(long epoch) {
    return introduced(room().agentHolder().orElseThrow(), room().phones().getFirst(), epoch);
  }

  static List<Tell> refused(long socket, Refusal why) {
    return List.of(new Tell.Refused(socket(socket), why));
  }

  static Tell replaced(long socket, String reason) {
    return new Tell.Close(socket(socket), new Farewell(4001, reason, CloseCause.REPLACED));
  }

  static <T> List<T> listOf(T first, List<T> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static Claim granted(long socket) {
    return new Claim(socket(socket), connection(socket), 1);
  }
}
