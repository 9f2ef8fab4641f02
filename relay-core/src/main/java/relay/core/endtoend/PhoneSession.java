package relay.core.endtoend;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
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
import relay.core.endtoend.PhoneState.Alone;
import relay.core.endtoend.PhoneState.Answered;
import relay.core.endtoend.PhoneState.Challenging;
import relay.core.endtoend.PhoneState.Expecting;
import relay.core.endtoend.PhoneState.Together;
import relay.core.endtoend.SessionEffect.Authenticated;
import relay.core.endtoend.SessionEffect.Heard;
import relay.core.endtoend.SessionEffect.Persist;
import relay.core.endtoend.SessionEffect.Refuse;
import relay.core.endtoend.SessionEffect.Send;

/**
 * The phone's side of the handshake (TermOnMac 10.5) during one connection to the relay. It gives
 * one proof, to the Mac's challenge, and believes nothing before the Mac has answered its own.
 */
public final class PhoneSession {
  private final ConnectionKeys keys;
  private final SecureRandom random;
  private PhoneMemory memory;
  private PhoneState state = new Alone();

  public PhoneSession(PhoneMemory memory, ConnectionKeys keys, SecureRandom random) {
    this.memory = memory;
    this.keys = keys;
    this.random = random;
  }

  public PhoneMemory memory() {
    return memory;
  }

  public boolean isAuthenticated() {
    return state instanceof Together;
  }

  /** The relay announces the Mac. */
  public List<SessionEffect> introduced(Introduction mac) {
    if (state instanceof Expecting pending && pending.isWith(mac)) {
      return List.of();
    }
    state = new Alone();
    Optional<SessionRefusal> refusal = refusal(mac);
    if (refusal.isPresent()) {
      return List.of(new Refuse(refusal.get()));
    }
    try {
      SealedChannel channel = new SealedChannel(SessionKey.agree(keys, mac), random);
      state = new Expecting(channel, mac, Binding.of(keys.introduction(), mac));
      return List.of();
    } catch (GeneralSecurityException _) {
      return List.of(new Refuse(SessionRefusal.BAD_KEYS));
    }
  }

  /** The relay hands over what was sealed on the other side; what does not open is skipped. */
  public List<SessionEffect> received(String payload) {
    return switch (state) {
      case Alone() -> List.of();
      case Expecting pending -> open(pending.channel(), payload, said -> asked(pending, said));
      case Answered answered -> open(answered.channel(), payload, said -> accepted(answered, said));
      case Challenging pending ->
          open(pending.channel(), payload, said -> challenged(pending, said));
      case Together together -> open(together.channel(), payload, said -> together(together, said));
    };
  }

  /**
   * The relay says that the Mac is gone. If it went instead of accepting a proof, the next one is
   * made with what else the phone knows: an older secret, where it has one (TermOnMac B4).
   */
  public List<SessionEffect> left() {
    boolean wasDoubted = state instanceof Answered;
    state = new Alone();
    return wasDoubted ? turnedAway() : List.of();
  }

  /**
   * The phone's own connection has ended, which says nothing about its proof: whoever was replaced
   * or lost its network in the middle of a handshake tries the same again.
   */
  public void disconnected() {
    state = new Alone();
  }

  /** The relay did not let the phone in with what it tried. */
  public List<SessionEffect> turnedAway() {
    PhoneMemory next = memory.onSecondThoughts();
    if (next.equals(memory)) {
      return List.of();
    }
    memory = next;
    return List.of(new Persist());
  }

  /** Seals JSON text for the Mac, which must have proven itself. */
  public String seal(String json) {
    if (state instanceof Together(var channel, _)) {
      return channel.seal(new Application(json));
    }
    throw new IllegalStateException("nobody has proven to be this phone's Mac");
  }

  private Optional<SessionRefusal> refusal(Introduction mac) {
    if (mac.sharesKeyWith(keys.introduction())) {
      return Optional.of(SessionRefusal.REFLECTED);
    }
    if (!mac.publicKey().equals(memory.macKey())) {
      return Optional.of(SessionRefusal.WRONG_MAC);
    }
    return memory.isBound() && Suite.of(keys.introduction(), mac) != Suite.V2
        ? Optional.of(SessionRefusal.DOWNGRADED)
        : Optional.empty();
  }

  private List<SessionEffect> asked(Expecting pending, AppMessage said) {
    if (!(said instanceof ChallengeAsked(var nonce))) {
      return List.of();
    }
    Optional<Challenge> challenge = Challenge.parse(nonce);
    if (challenge.isEmpty()) {
      return List.of();
    }
    SharedSecret secret = memory.proof();
    Binding binding = memory.isBound() ? pending.binding() : Binding.NONE;
    String hmac = challenge.get().answer(secret, binding);
    state = new Answered(pending.channel(), pending.binding(), secret, false);
    return List.of(new Send(pending.channel().seal(new ChallengeResponse(hmac))));
  }

  private List<SessionEffect> accepted(Answered answered, AppMessage said) {
    boolean isPairing = answered.with() instanceof PairingToken;
    if (said instanceof AuthOk && isPairing) {
      state = answered.acceptedByMac();
      return List.of();
    }
    if (said instanceof AuthOk) {
      return challenge(answered, List.of(answered.with()));
    }
    if (said instanceof PairingCredentials(var secret) && answered.isAccepted()) {
      return challenge(answered, List.of(answered.with(), new RoomSecret(secret)));
    }
    return List.of();
  }

  private List<SessionEffect> challenge(Answered answered, List<SharedSecret> secrets) {
    Challenge challenge = Challenge.generate(random);
    SealedChannel channel = answered.channel();
    state = new Challenging(channel, answered.binding(), challenge, secrets);
    return List.of(new Send(channel.seal(new ChallengeAsked(challenge.text()))));
  }

  private List<SessionEffect> challenged(Challenging pending, AppMessage said) {
    if (!(said instanceof ChallengeResponse(var hmac))) {
      return List.of();
    }
    Optional<Binding> proof = pending.proof(hmac, memory.isBound());
    if (proof.isEmpty()) {
      state = new Alone();
      return List.of(new Refuse(SessionRefusal.WRONG_PROOF));
    }
    RoomSecret secret = pending.roomSecret();
    memory = memory.provedBy(secret, !proof.get().isNone());
    state = new Together(pending.channel(), secret);
    return List.of(new Persist(), new Authenticated());
  }

  private List<SessionEffect> together(Together together, AppMessage said) {
    return switch (said) {
      case RotateSecret(var secret) -> {
        memory = memory.rotated(together.secret(), new RoomSecret(secret));
        yield List.of(new Persist(), new Send(together.channel().seal(new RotateSecretAck())));
      }
      case Application(var json) -> List.of(new Heard(json));
      case ChallengeAsked _,
          ChallengeResponse _,
          AuthOk _,
          PairingCredentials _,
          RotateSecretAck _ ->
          List.of();
    };
  }

  private static List<SessionEffect> open(
      SealedChannel channel, String payload, Function<AppMessage, List<SessionEffect>> then) {
    return channel.open(payload).map(then).orElse(List.of());
  }
}
