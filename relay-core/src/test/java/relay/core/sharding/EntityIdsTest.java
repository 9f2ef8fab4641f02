package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

/** Any text a client may choose as a room's id must be a safe name, and nobody else's. */
class EntityIdsTest {

  @Provide
  Arbitrary<RoomKey> rooms() {
    Arbitrary<String> hostile =
        Arbitraries.strings().withChars("%/|-_u0a\u0000ü\ud800\udc00").ofMinLength(1);
    return net.jqwik.api.Combinators.combine(
            Arbitraries.of(Dialect.class),
            Arbitraries.oneOf(hostile, Arbitraries.strings().all().ofMinLength(1).ofMaxLength(300)))
        .as(RoomKey::new);
  }

  @Property
  void anIdLeadsBackToItsRoom(@ForAll("rooms") RoomKey room) {
    assertThat(EntityIds.roomKey(EntityIds.of(room))).isEqualTo(EntityIds.canonical(room));
  }

  @Property
  void anIdIsSafeAndShort(@ForAll("rooms") RoomKey room) {
    assertThat(RelaySharding.persistenceId(room).id())
        .hasSizeLessThan(255)
        .matches("room\\|[a-z]+-[A-Za-z0-9._~%-]+");
  }

  @Property
  void differentRoomsHaveDifferentIds(
      @ForAll("rooms") RoomKey one, @ForAll("rooms") RoomKey other) {
    assertThat(EntityIds.of(one).equals(EntityIds.of(other))).isEqualTo(one.equals(other));
  }

  @Property
  void aCanonicalRoomIsItsOwn(@ForAll("rooms") RoomKey room) {
    RoomKey canonical = EntityIds.canonical(room);

    assertThat(EntityIds.canonical(canonical)).isEqualTo(canonical);
    assertThat(EntityIds.of(canonical)).isEqualTo(EntityIds.of(room));
  }

  @Example
  void idsOfEarlierVersionsStayTheSame() {
    assertThat(EntityIds.of(new RoomKey(Dialect.PYRYCODE, "0b54b4d6-Ü/1")))
        .isEqualTo("pyrycode-0b54b4d6-%u00dc%2f1");
    assertThat(EntityIds.of(new RoomKey(Dialect.TERMONMAC, "a".repeat(201))))
        .isEqualTo(
            "termonmac-sha256%3a"
                + "a92efd82109373e58f9a2056dee01e807e216ce6075f7051207c0a9f7d666e50");
  }

  @Example
  void whatNamesNoRoomIsRefused() {
    assertThatThrownBy(() -> EntityIds.roomKey("room")).hasMessageContaining("dialect");
  }
}
