package relay.core.endtoend;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import relay.core.endtoend.AppMessage.Application;
import relay.core.endtoend.AppMessage.AuthOk;
import relay.core.endtoend.AppMessage.ChallengeAsked;
import relay.core.endtoend.AppMessage.ChallengeResponse;
import relay.core.endtoend.AppMessage.PairingCredentials;
import relay.core.endtoend.AppMessage.RotateSecret;
import relay.core.endtoend.AppMessage.RotateSecretAck;
import relay.core.endtoend.MacState.Alone;
import relay.core.endtoend.MacState.Challenging;
import relay.core.endtoend.MacState.Convinced;
import relay.core.endtoend.MacState.Rotation;
import relay.core.endtoend.MacState.Together;
import relay.core.endtoend.SessionEffect.Authenticated;
import relay.core.endtoend.SessionEffect.Heard;
import relay.core.endtoend.SessionEffect.Persist;
import relay.core.endtoend.SessionEffect.Refuse;
import relay.core.endtoend.SessionEffect.RegisterAgain;
import relay.core.endtoend.SessionEffect.Send;

/**
 * The Mac's side of the handshake (TermOnMac 10.5) during one connection to the relay. Nothing the
 * other side says counts, and no proof is given, before it has answered this side's own challenge.
 */
public final class MacSession {
  /** How long a phone may take to challenge the Mac; one of an older kind never does. */
  public static final Duration REVERSE_CHALLENGE_WAIT = Duration.ofSeconds(10);

  /** How long a phone may take to acknowledge a new secret; the old one is kept otherwise. */
  public static final Duration ROTATION_WAIT = Duration.ofSeconds(10);

  private final ConnectionKeys keys;
  private final SecureRandom random;
  private MacMemory memory;
  private MacState state = new Alone();

  public MacSession(MacMemory memory, ConnectionKeys keys, SecureRandom random) {
    this.memory = memory;
    this.keys = keys;
    this.random = random;
  }

  public MacMemory memory() {
    return memory;
  }

  public boolean isAuthenticated() {
    return state instanceof Together;
  }

  /** When {@link #tick} next has something to do. */
  public Optional<Instant> deadline() {
    return switch (state) {
      case Alone() -> Optional.empty();
      case Challenging _ -> Optional.empty();
      case Convinced(_, var until) -> Optional.of(until);
      case Together(_, var rotation) -> rotation.map(Rotation::until);
    };
  }

  /** The relay announces a phone. */
  public List<SessionEffect> introduced(Introduction phone, Instant now) {
    if (state instanceof Challenging pending && pending.isWith(phone)) {
      return List.of();
    }
    state = new Alone();
    Optional<SessionRefusal> refusal = refusal(phone, now);
    if (refusal.isPresent()) {
      return List.of(new Refuse(refusal.get()));
    }
    try {
      return challenge(phone, SessionKey.agree(keys, phone));
    } catch (GeneralSecurityException _) {
      return List.of(new Refuse(SessionRefusal.BAD_KEYS));
    }
  }

  /** The relay hands over what was sealed on the other side; what does not open is skipped. */
  public List<SessionEffect> received(String payload, Instant now) {
    return switch (state) {
      case Alone() -> List.of();
      case Challenging pending ->
          open(pending.channel(), payload, said -> challenged(pending, said, now));
      case Convinced(var phone, _) ->
          open(phone.channel(), payload, said -> challengedBack(phone, said, now));
      case Together together ->
          open(together.phone().channel(), payload, said -> together(together, said, now));
    };
  }

  /** Time has passed. */
  public List<SessionEffect> tick(Instant now) {
    if (deadline().filter(until -> !now.isBefore(until)).isEmpty()) {
      return List.of();
    }
    return switch (state) {
      case Alone() -> List.of();
      case Challenging _ -> List.of();
      case Convinced(var phone, _) -> authenticate(phone, now);
      case Together(var phone, _) -> {
        state = new Together(phone, Optional.empty());
        yield List.of();
      }
    };
  }

  /** The relay says that the phone is gone. */
  public void left() {
    state = new Alone();
  }

  /** Seals JSON text for the phone, which must have proven itself. */
  public String seal(String json) {
    if (state instanceof Together(var phone, _)) {
      return phone.channel().seal(new Application(json));
    }
    throw new IllegalStateException("nobody has proven to be a phone of this Mac");
  }

  private Optional<SessionRefusal> refusal(Introduction phone, Instant now) {
    Optional<TrustedDevice> known = memory.devices().find(phone.publicKey());
    if (phone.sharesKeyWith(keys.introduction())) {
      return Optional.of(SessionRefusal.REFLECTED);
    }
    if (known.isPresent()) {
      boolean isWorse = Suite.of(keys.introduction(), phone) != Suite.V2;
      return known.get().isBound() && isWorse
          ? Optional.of(SessionRefusal.DOWNGRADED)
          : Optional.empty();
    }
    if (memory.activeToken(now).isEmpty()) {
      return Optional.of(SessionRefusal.UNTRUSTED);
    }
    return memory.devices().isFull()
        ? Optional.of(SessionRefusal.TRUST_STORE_FULL)
        : Optional.empty();
  }

  private List<SessionEffect> challenge(Introduction phone, SessionKey key) {
    Challenge challenge = Challenge.generate(random);
    SealedChannel channel = new SealedChannel(key, random);
    Binding binding = Binding.of(keys.introduction(), phone);
    state = new Challenging(channel, phone, binding, challenge);
    return List.of(new Send(channel.seal(new ChallengeAsked(challenge.text()))));
  }

  private List<SessionEffect> challenged(Challenging pending, AppMessage said, Instant now) {
    if (!(said instanceof ChallengeResponse(var hmac))) {
      return List.of();
    }
    Optional<PhoneProof> proof = PhoneProof.of(hmac, pending, memory, now);
    if (proof.isEmpty()) {
      state = new Alone();
      return List.of(new Refuse(SessionRefusal.WRONG_PROOF));
    }
    return accept(pending, proof.get(), now);
  }

  private List<SessionEffect> accept(Challenging pending, PhoneProof proof, Instant now) {
    SealedChannel channel = pending.channel();
    RoomSecret secret = memory.secret();
    memory = proof.isPairing() ? memory.paired(proof.device()) : memory.seen(proof.device());
    state =
        new Convinced(
            new ProvenPhone(channel, pending.challenge(), proof.macKnows(secret), proof.binding()),
            now.plus(REVERSE_CHALLENGE_WAIT));
    List<SessionEffect> effects = new ArrayList<>();
    effects.add(new Persist());
    effects.add(new Send(channel.seal(new AuthOk())));
    if (proof.isPairing()) {
      effects.add(new Send(channel.seal(new PairingCredentials(secret.text()))));
    }
    return effects;
  }

  private List<SessionEffect> challengedBack(ProvenPhone phone, AppMessage said, Instant now) {
    Optional<String> answer = phone.answer(said);
    if (answer.isEmpty()) {
      return List.of();
    }
    List<SessionEffect> effects = new ArrayList<>();
    effects.add(new Send(answer.get()));
    effects.addAll(authenticate(phone, now));
    return effects;
  }

  private List<SessionEffect> together(Together together, AppMessage said, Instant now) {
    return switch (said) {
      // A phone that was taken for one of the older kind, because its challenge was slow.
      case ChallengeAsked _ ->
          together
              .phone()
              .answer(said)
              .<SessionEffect>map(Send::new)
              .map(List::of)
              .orElse(List.of());
      case RotateSecretAck() -> rotated(together, now);
      case Application(var json) -> List.of(new Heard(json));
      case ChallengeResponse _, AuthOk _, PairingCredentials _, RotateSecret _ -> List.of();
    };
  }

  private List<SessionEffect> authenticate(ProvenPhone phone, Instant now) {
    if (memory.isRotated()) {
      state = new Together(phone, Optional.empty());
      return List.of(new Authenticated());
    }
    RoomSecret next = RoomSecret.generate(random);
    state = new Together(phone, Optional.of(new Rotation(next, now.plus(ROTATION_WAIT))));
    return List.of(
        new Authenticated(), new Send(phone.channel().seal(new RotateSecret(next.text()))));
  }

  private List<SessionEffect> rotated(Together together, Instant now) {
    state = new Together(together.phone(), Optional.empty());
    Optional<RoomSecret> acknowledged =
        together.rotation().filter(it -> now.isBefore(it.until())).map(Rotation::secret);
    if (acknowledged.isEmpty()) {
      return List.of();
    }
    memory = memory.rotated(acknowledged.get());
    return List.of(new Persist(), new RegisterAgain());
  }

  private static List<SessionEffect> open(
      SealedChannel channel, String payload, Function<AppMessage, List<SessionEffect>> then) {
    return channel.open(payload).map(then).orElse(List.of());
  }
}
