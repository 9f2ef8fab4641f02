package relay.core.room;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets agents and phones into a room that asks for credentials (TermOnMac 4.4, 4.5, 4.7). */
record Admission(Draft draft) {

  /** Registering again on the same socket is how an agent tells of a new secret (3.2). */
  Draft register(Claim claim, Registration asked) {
    Optional<Slot> held =
        draft.room().agentHolder().filter(it -> it.socket().equals(claim.socket()));
    if (held.isEmpty() && claim.wasGranted()) {
      return draft.tell(
          new Tell.Close(claim.socket(), draft.policy().farewells().displacedAgent()));
    }
    Registered known = draft.room().registered();
    Optional<Refusal> refusal = known == null ? Optional.empty() : known.refusalOf(asked);
    if (refusal.isPresent()) {
      return draft.refuse(claim, refusal.get());
    }
    List<RegistrationEvent> changes = changes(known, asked).toList();
    Draft registered = draft.forEach(changes.stream(), Draft::happened);
    if (held.isEmpty() || held.get().beginsAnewWith(asked.keys())) {
      return registered.install(claim, asked.keys());
    }
    Draft granted =
        registered.tell(new Tell.AgentGranted(claim.socket(), draft.room().epoch(), false));
    // The same again is a question of somebody who may have missed what was said before.
    return changes.isEmpty() ? granted.introduce() : granted;
  }

  /** A phone that has its slot shows nothing again: its token has let it in once. */
  Draft join(Claim claim, JoinRequest asked, PhoneRules.OfRoom rules) {
    Optional<Slot> held = draft.room().phone(claim.socket());
    if (held.isPresent()) {
      return asked.keys().equals(held.get().keys())
          ? draft.grant(held.get())
          : seat(claim, asked, rules);
    }
    if (claim.wasGranted()) {
      return draft.tell(new Tell.Close(claim.socket(), rules.replaced()));
    }
    Registered known = draft.room().registered();
    if (known == null) {
      return draft.refuse(claim, Refusal.UNKNOWN_ROOM);
    }
    return known
        .refusalOf(asked, draft.now())
        .map(why -> refuse(claim, why, known))
        .orElseGet(() -> letIn(asked, known).seat(claim, asked, rules));
  }

  /** Whose the room is learns only who has shown its secret or its token. */
  private Draft refuse(Claim claim, Refusal why, Registered known) {
    return why == Refusal.ACCOUNT_MISMATCH
        ? draft.tell(new Tell.Refused(claim.socket(), why, known.owner()))
        : draft.refuse(claim, why);
  }

  private Admission letIn(JoinRequest asked, Registered known) {
    return known.refusalOf(asked.pairingToken(), draft.now()).isPresent()
        ? this
        : new Admission(draft.happened(new RegistrationEvent.PairingUsed(draft.now())));
  }

  private Draft seat(Claim claim, JoinRequest asked, PhoneRules.OfRoom rules) {
    return draft
        .forEach(
            draft.room().phones().stream().filter(it -> !it.socket().equals(claim.socket())),
            (it, phone) -> it.evict(phone, rules.replaced()))
        .admit(claim, draft.room().epoch() + 1, asked.keys());
  }

  /** What a registration that is accepted changes in what the room knows. */
  private Stream<RegistrationEvent> changes(@Nullable Registered known, Registration asked) {
    Stream<RegistrationEvent> changes =
        known == null ? Stream.of(first(asked)) : changesOf(known, asked);
    return Stream.concat(
        changes, changeOfPairing(known == null ? null : known.pairing(), asked.pairing()).stream());
  }

  private RegistrationEvent first(Registration asked) {
    return new RegistrationEvent.RoomRegistered(
        asked.owner(), asked.secret(), asked.keys().publicKey(), draft.now());
  }

  private Stream<RegistrationEvent> changesOf(Registered known, Registration asked) {
    Stream.Builder<RegistrationEvent> changes = Stream.builder();
    if (!known.secret().matches(asked.secret())) {
      changes.add(new RegistrationEvent.SecretRotated(asked.secret(), draft.now()));
    }
    String agentKey = asked.keys().publicKey();
    if (!known.agentKey().equals(agentKey)) {
      changes.add(new RegistrationEvent.AgentKeyReplaced(agentKey, draft.now()));
    }
    return changes.build();
  }

  private Optional<RegistrationEvent> changeOfPairing(
      @Nullable Pairing known, @Nullable PairingOffer offer) {
    if (offer == null) {
      return known == null || known.isUsed()
          ? Optional.empty()
          : Optional.of(new RegistrationEvent.PairingWithdrawn(draft.now()));
    }
    return known != null && known.isOffer(offer)
        ? Optional.empty()
        : Optional.of(
            new RegistrationEvent.PairingOffered(offer.token(), offer.expiresAt(), draft.now()));
  }
}
