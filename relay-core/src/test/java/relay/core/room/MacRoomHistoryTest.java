package relay.core.room;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens to a TermOnMac room in whatever order, some things always hold. */
class MacRoomHistoryTest {

  /** Something that happens, and how many milliseconds after what happened before. */
  record Deed(Kind kind, int millis, int pick) {}

  enum Kind {
    MAC_CONNECTS,
    MAC_CONNECTS_WITH_A_TOKEN,
    MAC_ROTATES_ITS_SECRET,
    MAC_ROTATES_AND_TELLS_NOBODY,
    MAC_LEAVES,
    PHONE_JOINS_BY_SECRET,
    PHONE_JOINS_BY_TOKEN,
    PHONE_JOINS_AGAIN,
    PHONE_LEAVES,
    STRANGER_REGISTERS,
    STRANGER_REGISTERS_WITH_THE_SECRET,
    STRANGER_JOINS_WITH_THE_SECRET,
    SOMEBODY_GUESSES,
    REPLACED_SOCKET_CLOSES,
    REPLACED_SOCKET_ASKS_AGAIN,
    NODE_DIES,
    OPERATOR_FORGETS
  }

  @Provide
  Arbitrary<List<Deed>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(6, Kind.MAC_CONNECTS),
            Tuple.of(4, Kind.MAC_CONNECTS_WITH_A_TOKEN),
            Tuple.of(3, Kind.MAC_ROTATES_ITS_SECRET),
            Tuple.of(2, Kind.MAC_ROTATES_AND_TELLS_NOBODY),
            Tuple.of(4, Kind.MAC_LEAVES),
            Tuple.of(6, Kind.PHONE_JOINS_BY_SECRET),
            Tuple.of(6, Kind.PHONE_JOINS_BY_TOKEN),
            Tuple.of(2, Kind.PHONE_JOINS_AGAIN),
            Tuple.of(3, Kind.PHONE_LEAVES),
            Tuple.of(1, Kind.STRANGER_REGISTERS),
            Tuple.of(1, Kind.STRANGER_REGISTERS_WITH_THE_SECRET),
            Tuple.of(1, Kind.STRANGER_JOINS_WITH_THE_SECRET),
            Tuple.of(1, Kind.SOMEBODY_GUESSES),
            Tuple.of(3, Kind.REPLACED_SOCKET_CLOSES),
            Tuple.of(2, Kind.REPLACED_SOCKET_ASKS_AGAIN),
            Tuple.of(2, Kind.NODE_DIES),
            Tuple.of(1, Kind.OPERATOR_FORGETS));
    return Combinators.combine(
            kinds, Arbitraries.integers().between(0, 40_000), Arbitraries.integers().between(0, 99))
        .as(Deed::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 1000)
  void aRoomBreaksNoPromise(@ForAll("histories") List<Deed> history) {
    MacRoomStory story = new MacRoomStory();
    for (Deed deed : history) {
      story.passes(Duration.ofMillis(deed.millis()));
      story.happens(deed.kind(), deed.pick());
      story.holdsTogether();
    }
    story.isToldByItsEventsAlone();
  }
}
