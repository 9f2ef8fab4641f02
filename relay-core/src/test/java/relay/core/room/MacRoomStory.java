package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.STRANGER;
import static relay.core.room.MacRoom.connection;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.macKeys;
import static relay.core.room.MacRoom.phone;
import static relay.core.room.MacRoom.phoneKeys;
import static relay.core.room.MacRoom.rotated;
import static relay.core.room.MacRoom.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.Keys;

/** One Mac, its phone, and whoever else comes by: what each knows, and what it was promised. */
final class MacRoomStory {
  private final List<RoomEvent> events = new ArrayList<>();
  private final Set<SocketAddress> alive = new HashSet<>();
  private final List<Long> replacedMacs = new ArrayList<>();
  private final List<Long> replacedPhones = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final Set<String> usedTokens = new HashSet<>();
  private final Map<Long, List<SocketAddress>> epochs = new HashMap<>();
  private Arbiter arbiter = new Arbiter(RoomPolicy.termonmac(), Room.EMPTY);
  private Instant now = MacRoom.START;
  private int secrets;
  private int written;
  private long nextMac = 1;
  private long nextPhone = 1_000_001;

  void passes(Duration time) {
    now = now.plus(time);
  }

  void happens(MacRoomHistoryTest.Kind kind, int pick) {
    switch (kind) {
      case MAC_CONNECTS -> macConnects(null);
      case MAC_CONNECTS_WITH_A_TOKEN -> {
        if (tokens.isEmpty() || pick % 2 == 0) {
          tokens.add("t" + tokens.size());
        }
        macConnects(new PairingOffer(hash(tokens.getLast()), now.getEpochSecond() + 300));
      }
      case MAC_ROTATES_ITS_SECRET -> macSocket().ifPresent(this::macRotates);
      case MAC_ROTATES_AND_TELLS_NOBODY -> secrets++;
      case MAC_LEAVES -> macSocket().ifPresent(it -> leaves(it, pick));
      case PHONE_JOINS_BY_SECRET -> phoneJoins(phone(nextPhone, secret(), null));
      case PHONE_JOINS_BY_TOKEN -> one(tokens, pick).ifPresent(this::phoneJoinsBy);
      case PHONE_JOINS_AGAIN -> phoneSocket().ifPresent(this::phoneJoinsAgain);
      case PHONE_LEAVES -> phoneSocket().ifPresent(it -> leaves(it, pick));
      case STRANGER_REGISTERS, STRANGER_REGISTERS_WITH_THE_SECRET ->
          strangerRegisters(kind == MacRoomHistoryTest.Kind.STRANGER_REGISTERS ? "x" : secret());
      case STRANGER_JOINS_WITH_THE_SECRET ->
          inVain(() -> join(new JoinRequest(STRANGER, phoneKeys(1), hash(secret()), null)));
      case SOMEBODY_GUESSES -> inVain(() -> join(phone(1, "guess", "guess")));
      case REPLACED_SOCKET_CLOSES -> {
        one(replacedMacs, pick).ifPresent(it -> inVain(() -> closes(it)));
        one(replacedPhones, pick).ifPresent(it -> inVain(() -> closes(it)));
      }
      case REPLACED_SOCKET_ASKS_AGAIN -> {
        one(replacedMacs, pick).ifPresent(it -> inVain(() -> asksAgain(it)));
        one(replacedPhones, pick).ifPresent(it -> inVain(() -> joinsAgain(it)));
      }
      case NODE_DIES -> aDeadNodeTakesNothingWithIt();
      case OPERATOR_FORGETS -> operatorForgets();
    }
  }

  void holdsTogether() {
    Room room = arbiter.room();
    assertThat(room.phones()).hasSizeLessThanOrEqualTo(1);
    assertThat(room.phones()).allSatisfy(it -> assertThat(it.epoch()).isEqualTo(room.epoch()));
    assertThat(room.agent()).isNotInstanceOf(AgentSlot.Away.class);
    assertThat(alive).containsAll(room.holders().map(Slot::socket).toList());
    assertThat(arbiter.contest().isOpen()).isFalse();
    room.agentHolder()
        .ifPresent(
            mac ->
                assertThat(room.phones())
                    .allSatisfy(
                        it ->
                            assertThat(epochs)
                                .containsEntry(room.epoch(), List.of(mac.socket(), it.socket()))));
  }

  void isToldByItsEventsAlone() {
    assertThat(replayed()).isEqualTo(arbiter.room());
  }

  /** Its own Mac is never told that the secret is wrong: it would throw the room away. */
  private void macConnects(@Nullable PairingOffer offer) {
    long number = nextMac++;
    Optional<Long> before = macSocket();
    Keys keys = macKeys(number);
    begins(number, register(number, 0, new Registration(OWNER, hash(secret()), keys, offer)));
    assertThat(macSocket()).contains(number);
    before.ifPresent(
        it -> {
          replacedMacs.add(it);
          alive.remove(socket(it));
        });
  }

  private void macRotates(long number) {
    secrets++;
    take(register(number, arbiter.room().epoch(), rotated(number, secret())));
    assertThat(macSocket()).contains(number);
    assertThat(credentials(arbiter.room())).contains(hash(secret()));
  }

  /** A token lets in one phone, whatever its Mac registers in between. */
  private void phoneJoinsBy(String token) {
    if (phoneJoins(phone(nextPhone, null, token))) {
      assertThat(usedTokens.add(token)).as(token + " was not used before").isTrue();
      assertThat(token).isEqualTo(tokens.getLast());
    }
  }

  private boolean phoneJoins(JoinRequest asked) {
    long number = nextPhone++;
    Optional<Long> before = phoneSocket();
    begins(number, join(number, 0, asked));
    boolean isIn = phoneSocket().filter(it -> it == number).isPresent();
    if (isIn) {
      before.ifPresent(
          it -> {
            replacedPhones.add(it);
            alive.remove(socket(it));
          });
    } else {
      alive.remove(socket(number));
      assertThat(phoneSocket()).isEqualTo(before);
    }
    return isIn;
  }

  private void phoneJoinsAgain(long number) {
    Room before = arbiter.room();
    take(joinsAgain(number));
    assertThat(arbiter.room()).isEqualTo(before);
  }

  /** While the room is registered; of a forgotten one a stranger may make his own. */
  private void strangerRegisters(String secret) {
    if (arbiter.room().registered() != null) {
      Keys keys = new Keys("strange-key", "", "");
      Registration asked = new Registration(STRANGER, hash(secret), keys, null);
      inVain(() -> register(nextMac++, 0, asked));
    }
  }

  private void inVain(Supplier<Verdict> deed) {
    Room before = arbiter.room();
    Verdict verdict = deed.get();
    take(verdict);
    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.tells())
        .allSatisfy(it -> assertThat(it).isInstanceOfAny(Tell.Refused.class, Tell.Close.class));
    assertThat(arbiter.room()).isEqualTo(before);
  }

  /** What waited for its write is lost; the edges know better. */
  private void aDeadNodeTakesNothingWithIt() {
    Room before = arbiter.room();
    events.subList(written, events.size()).clear();
    arbiter = new Arbiter(arbiter.policy(), replayed());
    for (String edge : arbiter.edges()) {
      List<Long> live =
          alive.stream().filter(it -> it.edge().equals(edge)).map(SocketAddress::number).toList();
      take(arbiter.reconcile(edge, live, now));
    }
    assertThat(arbiter.room().holders()).containsExactlyElementsOf(before.holders().toList());
    assertThat(arbiter.room().epoch()).isEqualTo(before.epoch());
    assertThat(credentials(arbiter.room())).isEqualTo(credentials(before));
  }

  private static List<@Nullable Object> credentials(Room room) {
    Registered known = room.registered();
    return known == null
        ? List.of()
        : Arrays.asList(known.owner(), known.secret(), known.agentKey(), known.pairing());
  }

  private void operatorForgets() {
    take(arbiter.forget(now));
    alive.clear();
    epochs.clear();
    usedTokens.clear();
    assertThat(arbiter.isEmpty()).isTrue();
  }

  private void begins(long number, Verdict verdict) {
    alive.add(socket(number));
    take(verdict);
  }

  private void leaves(long number, int pick) {
    CloseCause cause = pick % 2 == 0 ? CloseCause.PEER_CLOSED : CloseCause.HEARTBEAT_TIMEOUT;
    alive.remove(socket(number));
    take(arbiter.detach(socket(number), cause, 1001, now));
  }

  private void take(Verdict verdict) {
    events.addAll(verdict.events());
    if (verdict.isPromise()) {
      written = events.size();
    }
    arbiter = arbiter.after(verdict);
    for (Tell tell : verdict.tells()) {
      switch (tell) {
        case Tell.PhoneJoined joined -> introduced(joined);
        case Tell.Close close -> alive.remove(close.to());
        case Tell.AgentGranted granted ->
            assertThat(granted.epoch()).isEqualTo(arbiter.room().epoch());
        case Tell.PhoneGranted _, Tell.PhoneLeft _, Tell.AgentLeft _, Tell.Refused _ -> {}
        case Tell.Probe _ -> throw new AssertionError("nobody is probed in this dialect");
      }
    }
  }

  /** A pair meets once, in an epoch of its own: what is said again of it is of the same epoch. */
  private void introduced(Tell.PhoneJoined joined) {
    List<SocketAddress> pair = List.of(joined.to(), joined.then().to());
    assertThat(epochs.put(joined.then().epoch(), pair)).isIn(null, pair);
    assertThat(epochs.values()).doesNotHaveDuplicates();
  }

  private Verdict register(long number, long grantedEpoch, Registration asked) {
    return arbiter.register(
        new Claim(socket(number), connection(number), grantedEpoch), asked, now);
  }

  private Verdict join(JoinRequest asked) {
    return join(nextPhone++, 0, asked);
  }

  private Verdict join(long number, long grantedEpoch, JoinRequest asked) {
    return arbiter.join(new Claim(socket(number), connection(number), grantedEpoch), asked, now);
  }

  private Verdict closes(long number) {
    return arbiter.detach(socket(number), CloseCause.PEER_DROPPED, 0, now);
  }

  private Verdict asksAgain(long number) {
    return register(number, 1, rotated(number, secret()));
  }

  private Verdict joinsAgain(long number) {
    return join(number, 1, phone(number, secret(), null));
  }

  private Optional<Long> macSocket() {
    return arbiter.room().agentHolder().map(it -> it.socket().number());
  }

  private Optional<Long> phoneSocket() {
    return arbiter.room().phones().stream().map(it -> it.socket().number()).findFirst();
  }

  private String secret() {
    return "s" + secrets;
  }

  private Room replayed() {
    Room room = Room.EMPTY;
    for (RoomEvent event : events) {
      room = Room.evolve(room, event);
    }
    return room;
  }

  private static <T> Optional<T> one(List<T> items, int pick) {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(pick % items.size()));
  }
}
