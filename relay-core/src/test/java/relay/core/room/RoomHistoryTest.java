package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import relay.core.room.Happening.Kind;

/** Whatever happens to a room in whatever order, some things always hold (pyrycode 13.3). */
class RoomHistoryTest {
  private static final int CAP = 3;

  private final Scene scene = new Scene(CAP);
  private final List<RoomEvent> events = new ArrayList<>();
  private final Map<SocketAddress, Long> toldEpoch = new HashMap<>();
  private final Set<SocketAddress> alive = new HashSet<>();
  private int written;

  @Provide
  Arbitrary<List<Happening>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(6, Kind.AGENT_ATTACHES),
            Tuple.of(8, Kind.PHONE_ATTACHES),
            Tuple.of(6, Kind.LEAVES),
            Tuple.of(2, Kind.PROBE_ANSWERED),
            Tuple.of(3, Kind.PROBE_TIMES_OUT),
            Tuple.of(3, Kind.GRACE_ASKED),
            Tuple.of(1, Kind.EDGE_LOST),
            Tuple.of(1, Kind.RECONCILED),
            Tuple.of(1, Kind.EDGE_SILENT),
            Tuple.of(2, Kind.NODE_DIES),
            Tuple.of(1, Kind.FORGOTTEN));
    return Combinators.combine(
            kinds,
            Arbitraries.longs().between(1, 6),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 20))
        .as(Happening::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 1000)
  void aRoomBreaksNoPromise(@ForAll("histories") List<Happening> history) {
    for (Happening happening : history) {
      Arbiter before = scene.arbiter();
      scene.passes(Duration.ofSeconds(happening.seconds()));
      if (happening.kind() == Kind.NODE_DIES) {
        aDeadNodeLosesNoSlotAndRevivesNone();
      } else {
        happens(happening);
        everybodyWhoLostSomethingIsTold(before, happening);
      }
      theSlotsAreInOrder();
    }
    assertThat(replayed(events)).isEqualTo(scene.room());
    everyAttachmentEndsOnce();
  }

  private void happens(Happening happening) {
    alive.removeIf(happening.ended());
    if (happening.kind() == Kind.AGENT_ATTACHES || happening.kind() == Kind.PHONE_ATTACHES) {
      alive.add(happening.socket());
    }
    take(scene.then(happening.to(scene)));
  }

  private void take(Verdict verdict) {
    events.addAll(verdict.events());
    if (verdict.isPromise()) {
      written = events.size();
    }
    for (Tell tell : verdict.tells()) {
      switch (tell) {
        case Tell.PhoneJoined joined -> toldEpoch.put(joined.then().to(), joined.then().epoch());
        case Tell.PhoneGranted granted -> toldEpoch.put(granted.to(), granted.epoch());
        case Tell.Refused refused -> alive.remove(refused.to());
        case Tell.Close close -> alive.remove(close.to());
        case Tell.AgentGranted _, Tell.PhoneLeft _, Tell.AgentLeft _, Tell.Probe _ -> {}
      }
    }
  }

  private void theSlotsAreInOrder() {
    Room room = scene.room();
    assertThat(room.phones()).hasSizeLessThanOrEqualTo(CAP);
    assertThat(room.holders().map(Slot::socket)).doesNotHaveDuplicates();
    assertThat(room.phones())
        .allSatisfy(
            phone -> {
              assertThat(phone.epoch()).isEqualTo(room.epoch());
              assertThat(toldEpoch).containsEntry(phone.socket(), room.epoch());
            });
    assertThat(scene.arbiter().contest().waiting()).hasSizeLessThanOrEqualTo(8);
    if (scene.arbiter().contest().isOpen()) {
      assertThat(room.agentHolder()).isPresent();
    }
    if (room.agent() instanceof AgentSlot.Vacant) {
      assertThat(room.phones()).isEmpty();
    }
  }

  private void everybodyWhoLostSomethingIsTold(Arbiter before, Happening happening) {
    Set<SocketAddress> concerned = concerned(before);
    concerned.removeAll(concerned(scene.arbiter()));
    concerned.removeIf(happening.ended());
    if (happening.kind() == Kind.EDGE_SILENT) {
      before.contest().waiting().forEach(it -> concerned.remove(it.socket()));
    }
    Set<SocketAddress> told =
        scene.last().tells().stream()
            .filter(it -> it instanceof Tell.Close || it instanceof Tell.Refused)
            .map(Tell::to)
            .collect(Collectors.toSet());
    assertThat(told).containsAll(concerned);
  }

  /** What waited for its write is lost; the edges know better. */
  private void aDeadNodeLosesNoSlotAndRevivesNone() {
    List<SocketAddress> before = scene.room().holders().map(Slot::socket).toList();
    events.subList(written, events.size()).clear();
    scene.recoversAs(replayed(events));
    for (String edge : List.of(Scene.EDGE, Scene.OTHER_EDGE)) {
      List<Long> live =
          alive.stream().filter(it -> it.edge().equals(edge)).map(SocketAddress::number).toList();
      take(scene.then(scene.arbiter().reconcile(edge, live, scene.now())));
    }
    assertThat(scene.room().holders().map(Slot::socket)).containsExactlyElementsOf(before);
  }

  private void everyAttachmentEndsOnce() {
    Set<SocketAddress> open = new HashSet<>();
    for (RoomEvent event : events) {
      switch (event) {
        case RoomEvent.AgentAttached it -> assertThat(open.add(it.socket())).isTrue();
        case RoomEvent.PhoneAttached it -> assertThat(open.add(it.socket())).isTrue();
        case RoomEvent.AgentDetached it -> assertThat(open.remove(it.socket())).isTrue();
        case RoomEvent.PhoneDetached it -> assertThat(open.remove(it.socket())).isTrue();
        case RoomEvent.RoomForgotten _ -> open.clear();
        case RoomEvent.GraceExpired _ -> {}
        case RegistrationEvent _ ->
            throw new AssertionError(event + " happens in no room of this dialect");
      }
    }
    assertThat(scene.room().holders().map(Slot::socket)).containsExactlyInAnyOrderElementsOf(open);
  }

  private static Set<SocketAddress> concerned(Arbiter arbiter) {
    return Stream.concat(
            arbiter.room().holders().map(Slot::socket),
            arbiter.contest().waiting().stream().map(Claim::socket))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Room replayed(List<RoomEvent> events) {
    Room room = Room.EMPTY;
    for (RoomEvent event : events) {
      room = Room.evolve(room, event);
    }
    return room;
  }
}
