package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Pairing;
import relay.core.room.Registered;
import relay.core.room.RegistrationEvent;
import relay.core.room.Rejections;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;
import relay.core.room.SecretHash;
import relay.core.room.Slot;
import relay.core.room.SocketAddress;

/** Whatever text clients put into names, what is written is what is read back. */
class StoredFormPropertyTest {

  @Property(tries = 300)
  void everyEventIsReadBack(@ForAll("events") RoomEvent event) throws NotSerializableException {
    assertThat(StoredForm.read(StoredForm.manifest(event), StoredForm.write(event)))
        .isEqualTo(event);
  }

  @Property(tries = 300)
  void everySnapshotIsReadBack(@ForAll("snapshots") RoomSnapshot snapshot)
      throws NotSerializableException {
    assertThat(StoredForm.read(StoredForm.manifest(snapshot), StoredForm.write(snapshot)))
        .isEqualTo(snapshot);
  }

  @Provide
  Arbitrary<RoomEvent> events() {
    return Arbitraries.oneOf(
        Combinators.combine(longs(), sockets(), text(), keys().injectNull(0.3), times())
            .as(RoomEvent.AgentAttached::new),
        Combinators.combine(
                sockets(),
                text(),
                causes(),
                Arbitraries.integers(),
                times().injectNull(0.3),
                times())
            .as(RoomEvent.AgentDetached::new),
        Combinators.combine(longs(), times()).as(RoomEvent.GraceExpired::new),
        Combinators.combine(longs(), sockets(), text(), keys().injectNull(0.3), times())
            .as(RoomEvent.PhoneAttached::new),
        Combinators.combine(sockets(), text(), causes(), Arbitraries.integers(), times())
            .as(RoomEvent.PhoneDetached::new),
        registrations(),
        times().map(RoomEvent.RoomForgotten::new));
  }

  private static Arbitrary<RegistrationEvent> registrations() {
    return Arbitraries.oneOf(
        Combinators.combine(accounts(), secrets(), text(), times())
            .as(RegistrationEvent.RoomRegistered::new),
        Combinators.combine(secrets(), times()).as(RegistrationEvent.SecretRotated::new),
        Combinators.combine(text(), times()).as(RegistrationEvent.AgentKeyReplaced::new),
        Combinators.combine(secrets(), longs(), times()).as(RegistrationEvent.PairingOffered::new),
        times().map(RegistrationEvent.PairingWithdrawn::new),
        times().map(RegistrationEvent.PairingUsed::new));
  }

  @Provide
  Arbitrary<RoomSnapshot> snapshots() {
    Arbitrary<List<Slot>> phones = slots().list().ofMaxSize(20);
    return Combinators.combine(
            longs(),
            slots().injectNull(0.3),
            times().injectNull(0.3),
            phones,
            registered().injectNull(0.3))
        .as(RoomSnapshot::new);
  }

  private static Arbitrary<Slot> slots() {
    return Combinators.combine(sockets(), text(), times(), longs(), keys().injectNull(0.3))
        .as(Slot::new);
  }

  private static Arbitrary<Registered> registered() {
    return Combinators.combine(accounts(), secrets(), text(), pairings().injectNull(0.3), times())
        .as(
            (owner, secret, key, pairing, seen) ->
                new Registered(owner, secret, key, pairing, Rejections.NONE, seen));
  }

  private static Arbitrary<Pairing> pairings() {
    return Combinators.combine(secrets(), longs(), Arbitraries.of(true, false)).as(Pairing::new);
  }

  private static Arbitrary<Keys> keys() {
    return Combinators.combine(text(), text(), text()).as(Keys::new);
  }

  private static Arbitrary<SecretHash> secrets() {
    return text().map(SecretHash::ofSent);
  }

  private static Arbitrary<AccountId> accounts() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(32).map(AccountId::new);
  }

  private static Arbitrary<SocketAddress> sockets() {
    return Combinators.combine(text(), longs()).as(SocketAddress::new);
  }

  private static Arbitrary<Long> longs() {
    return Arbitraries.longs();
  }

  private static Arbitrary<CloseCause> causes() {
    return Arbitraries.of(CloseCause.class);
  }

  /** Halves of surrogate pairs and the character 0 among it. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings().all().ofMaxLength(50);
  }

  private static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 253_402_300_799L),
            Arbitraries.longs().between(0, 999_999_999L))
        .as(Instant::ofEpochSecond);
  }
}
