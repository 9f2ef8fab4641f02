package relay.http.testing.termonmac;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import relay.core.endtoend.ConnectionKeys;
import relay.core.endtoend.Introduction;
import relay.core.endtoend.MacMemory;
import relay.core.endtoend.MacSession;
import relay.core.endtoend.PairingToken;
import relay.core.endtoend.QrPayload;
import relay.core.endtoend.RoomSecret;
import relay.core.endtoend.SessionEffect;
import relay.core.endtoend.SessionRefusal;
import relay.core.endtoend.TrustStore;
import relay.core.x25519.KeyPair;

/** A Mac's daemon as it behaves towards the relay (TermOnMac 3, 9.1, 10.5). */
public final class MacPeer extends Peer {
  private static final Duration REGISTRATION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration QUOTA_RETRY = Duration.ofSeconds(8);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair identity;
  private final MacReactions reactions = new MacReactions(this);
  private final MacBeats beats = new MacBeats(this);
  private final List<String> abandonedRooms = new ArrayList<>();
  private final List<SessionRefusal> refusals = new ArrayList<>();
  private final List<String> typed = new ArrayList<>();
  private final Batch batch = new Batch(this);
  private final Set<String> joinsOfConnection = new HashSet<>();
  private final List<String> repeatedJoins = new ArrayList<>();
  private String roomId;
  private MacMemory stored = MacMemory.ofNewRoom(RoomSecret.generate(RANDOM));
  private Optional<PairingToken> loadedToken = Optional.empty();
  private ConnectionKeys keys;
  private MacSession session;
  private PeerTime.@Nullable Timer registration;
  private boolean isRegistered;
  private boolean diesBeforeRegisteringAgain;
  private Optional<String> refreshToken = Optional.empty();

  public MacPeer(IntSupplier port, String apiKey, String roomId) {
    this(port, apiKey, roomId, KeyPair.generate(RANDOM));
  }

  private MacPeer(IntSupplier port, String apiKey, String roomId, KeyPair identity) {
    super(port, apiKey);
    this.roomId = roomId;
    this.identity = identity;
    keys = ConnectionKeys.fresh(identity, RANDOM);
    session = new MacSession(stored, keys, RANDOM);
  }

  // What a test does

  /** As {@code termonmac pair}: a new token, which the daemon learns by connecting anew. */
  public synchronized QrPayload pair() {
    return pairWith(PairingToken.generate(time.now(), RANDOM));
  }

  public synchronized QrPayload pairWith(PairingToken token) {
    loadedToken = Optional.of(token);
    stored = stored.pairingWith(token);
    if (line.isOpen()) {
      leaveFor(Backoff.FIRST);
      pass(Backoff.FIRST);
    }
    return new QrPayload(
        "ws://relay", roomId, ConnectionKeys.text(identity), token, Optional.empty(), false);
  }

  /**
   * Queues what a terminal says; it is sent after 50 ms, or when 20 payloads have come together.
   */
  public synchronized void type(String json) {
    batch.add(session.seal(json));
  }

  /** As {@code termonmac devices remove} of all of them: the daemon connects anew. */
  public synchronized void forgetPhones() {
    stored = new MacMemory(stored.secret(), stored.isRotated(), TrustStore.empty(), stored.token());
    leaveFor(Backoff.FIRST);
  }

  /** Another daemon with the same files (TermOnMac 2.3). */
  public synchronized MacPeer twin(IntSupplier port, String apiKey) {
    MacPeer twin = new MacPeer(port, apiKey, roomId, identity);
    twin.stored = stored;
    return twin;
  }

  /** Dies when it has stored a new secret and the relay does not know it yet (B4). */
  public synchronized void dieBeforeRegisteringAgain() {
    diesBeforeRegisteringAgain = true;
  }

  /** Comes back at once. */
  public synchronized void restart() {
    leaveFor(Duration.ZERO);
  }

  /** Has a refresh token for the time when its key is refused. */
  public synchronized void keep(String newRefreshToken) {
    refreshToken = Optional.of(newRefreshToken);
  }

  // What a test asks

  public synchronized void awaitRegistered() {
    await("a registration", () -> isRegistered);
  }

  /** Waits, dials and registers, whatever comes in between. */
  public synchronized void comeBack() {
    comeBackUntil("a registration", () -> isRegistered);
  }

  public synchronized void awaitTogether() {
    await("an authenticated phone", () -> session.isAuthenticated());
  }

  public synchronized boolean isRegistered() {
    return isRegistered;
  }

  public synchronized boolean isTogether() {
    return session.isAuthenticated();
  }

  public synchronized String roomId() {
    return roomId;
  }

  public synchronized MacMemory memory() {
    return stored;
  }

  public synchronized String publicKey() {
    return ConnectionKeys.text(identity);
  }

  /** What phones have said through their terminals. */
  public synchronized List<String> typed() {
    return List.copyOf(typed);
  }

  /** Why phones were sent away. */
  public synchronized List<SessionRefusal> refusals() {
    return List.copyOf(refusals);
  }

  // What the relay does

  @Override
  String path() {
    return "/ws?room_id=" + roomId + "&role=mac";
  }

  @Override
  void opened() {
    reactions.wasLetIn();
    keys = ConnectionKeys.fresh(identity, RANDOM);
    session = new MacSession(stored, keys, RANDOM);
    beats.start();
    registration = time.after(REGISTRATION_TIMEOUT, this::registrationTookTooLong);
    send(ClientTexts.register(roomId, stored.secret(), keys.introduction(), loadedToken));
  }

  @Override
  void refused(int status) {
    reactions.refused(status);
  }

  @Override
  void closed(int code, String reason) {
    reactions.closed(code);
  }

  @Override
  void disconnected() {
    isRegistered = false;
    session.left();
    batch.clear();
    joinsOfConnection.clear();
    beats.stop();
    if (registration != null) {
      registration.cancel();
    }
  }

  @Override
  void heard(ServerMessage message) {
    switch (message) {
      case ServerMessage.RoomRegistered _ -> registered();
      case ServerMessage.PeerJoined(var phone) -> joined(phone);
      case ServerMessage.Relay(var payload) -> received(payload);
      case ServerMessage.RelayBatch(var payloads) -> payloads.forEach(this::received);
      case ServerMessage.PeerDisconnected _ -> {
        beats.userIsActive();
        session.left();
      }
      case ServerMessage.HeartbeatAck _ -> beats.acknowledged();
      case ServerMessage.ErrorMessage error -> failed(error.code());
      case ServerMessage.QuotaExceeded _ -> leaveFor(QUOTA_RETRY);
    }
  }

  @Override
  List<String> misfortunes() {
    List<String> all = new ArrayList<>(repeatedJoins);
    abandonedRooms.forEach(room -> all.add("room " + room + " was thrown away"));
    return all;
  }

  /** Rooms that AUTH_FAILED made it throw away; taken, so that closing does not complain. */
  public synchronized List<String> takeAbandonedRooms() {
    List<String> rooms = List.copyOf(abandonedRooms);
    abandonedRooms.clear();
    return rooms;
  }

  /** Its key was refused four times in a row (TermOnMac 2.2). */
  void refreshKey() {
    refreshToken.ifPresentOrElse(
        token -> new TokenRefresh(this, token).attempt(),
        () -> did("stopped: nobody is signed in"));
  }

  void refreshed(String newApiKey, String newRefreshToken) {
    signIn(newApiKey);
    keep(newRefreshToken);
    line.dial();
  }

  private void registered() {
    isRegistered = true;
    if (registration != null) {
      registration.cancel();
    }
  }

  private void registrationTookTooLong() {
    did("registration timed out");
    line.leave();
    disconnected();
    line.dialAfterBackoff();
  }

  private void joined(Introduction phone) {
    beats.userIsActive();
    if (!joinsOfConnection.add(phone.ephemeralKey()) && !phone.ephemeralKey().isEmpty()) {
      repeatedJoins.add("the same phone's connection was announced twice");
    }
    carryOut(session.introduced(phone, time.now()));
  }

  private void received(String payload) {
    beats.userIsActive();
    carryOut(session.received(payload, time.now()));
  }

  private void failed(String code) {
    if (code.equals("AUTH_FAILED")) {
      abandonedRooms.add(roomId);
      roomId = "NEW" + abandonedRooms.size() + roomId;
      stored = MacMemory.ofNewRoom(RoomSecret.generate(RANDOM));
      leaveFor(Backoff.FIRST);
    } else if (code.equals("NO_PEER")) {
      session.left();
    }
  }

  private void carryOut(List<SessionEffect> effects) {
    for (SessionEffect effect : effects) {
      switch (effect) {
        case SessionEffect.Persist() -> persist();
        case SessionEffect.Send(var payload) -> send(ClientTexts.relay(payload));
        case SessionEffect.RegisterAgain() -> registerAgain();
        case SessionEffect.Authenticated() -> beats.reschedule();
        case SessionEffect.Heard(var json) -> typed.add(json);
        case SessionEffect.Refuse(var why) -> refuse(why);
      }
    }
    session.deadline().ifPresent(this::tickAt);
  }

  private void tickAt(Instant until) {
    MacSession current = session;
    Runnable tick =
        () -> {
          if (current == session) {
            carryOut(session.tick(time.now()));
          }
        };
    time.after(Duration.between(time.now(), until), tick);
  }

  /** A token is forgotten once a phone was enrolled with it, and at no other time (4.7). */
  private void persist() {
    if (session.memory().devices().devices().size() > stored.devices().devices().size()) {
      loadedToken = Optional.empty();
    }
    stored = session.memory();
  }

  private void registerAgain() {
    if (diesBeforeRegisteringAgain) {
      diesBeforeRegisteringAgain = false;
      drop();
    } else {
      send(ClientTexts.registerAgain(roomId, stored.secret(), keys.introduction()));
    }
  }

  private void refuse(SessionRefusal why) {
    refusals.add(why);
    leaveFor(Backoff.FIRST);
  }

  @Override
  public String toString() {
    return "the Mac of room " + roomId;
  }
}
