package relay.core.room;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;

/**
 * Whose a room is and what it takes to be let in (TermOnMac 4.2).
 *
 * @param agentKey the public key its agent registered with last
 * @param lastSeen when the agent came or went last
 */
public record Registered(
    AccountId owner,
    SecretHash secret,
    String agentKey,
    @Nullable Pairing pairing,
    Rejections rejections,
    Instant lastSeen) {

  /** What is known once that has happened; only the first registration needs nothing before it. */
  static Registered evolve(@Nullable Registered known, RegistrationEvent event) {
    if (event
        instanceof RegistrationEvent.RoomRegistered(var owner, var secret, var agentKey, var at)) {
      return new Registered(owner, secret, agentKey, null, Rejections.NONE, at);
    }
    if (known == null) {
      throw new IllegalStateException(event + " cannot be the first of a registration");
    }
    return switch (event) {
      case RegistrationEvent.RoomRegistered _ -> known;
      case RegistrationEvent.SecretRotated(var secret, _) -> known.withSecret(secret);
      case RegistrationEvent.AgentKeyReplaced(var agentKey, _) -> known.withAgentKey(agentKey);
      case RegistrationEvent.PairingOffered(var token, var expiresAt, _) ->
          known.withPairing(known.offered(token, expiresAt));
      case RegistrationEvent.PairingWithdrawn _ -> known.withPairing(null);
      case RegistrationEvent.PairingUsed _ -> known.withPairingUsed();
    };
  }

  /**
   * Why an agent may not register, or nothing if it may. The same account with the same device is
   * let in whatever secret it brings: it may have rotated the secret and ended before the relay
   * learnt of the new one (TermOnMac B4).
   */
  Optional<Refusal> refusalOf(Registration asked) {
    boolean isSameOwner = owner.equals(asked.owner());
    boolean isSameAgent = isSameOwner && agentKey.equals(asked.keys().publicKey());
    if (!secret.matches(asked.secret()) && !isSameAgent) {
      return Optional.of(Refusal.SECRET_MISMATCH);
    }
    return isSameOwner ? Optional.empty() : Optional.of(Refusal.ACCOUNT_MISMATCH);
  }

  /** Why a phone may not join, or nothing if it may: by its token first, then by the secret. */
  Optional<Refusal> refusalOf(JoinRequest asked, Instant now) {
    Optional<Refusal> token = refusalOf(asked.pairingToken(), now);
    boolean knowsSecret = asked.secret() != null && secret.matches(asked.secret());
    if (token.isPresent() && !knowsSecret) {
      return token;
    }
    if (!owner.equals(asked.account())) {
      return Optional.of(Refusal.ACCOUNT_MISMATCH);
    }
    return token.isPresent() && rejections.areEnough(asked.keys().publicKey(), now)
        ? Optional.of(Refusal.REJECTED_BY_AGENT)
        : Optional.empty();
  }

  /** Why this token lets in nobody, or nothing if it does. */
  Optional<Refusal> refusalOf(@Nullable SecretHash token, Instant now) {
    if (token == null || pairing == null || !pairing.token().matches(token)) {
      return Optional.of(Refusal.WRONG_CREDENTIALS);
    }
    if (pairing.isUsed()) {
      return Optional.of(Refusal.TOKEN_USED);
    }
    return pairing.isExpired(now) ? Optional.of(Refusal.TOKEN_EXPIRED) : Optional.empty();
  }

  /** An agent and a phone have met before and part now. */
  Registered parted(Slot agent, Slot phone, boolean isFlight, Instant at) {
    return withRejections(rejections.afterMeeting(agent, phone, isFlight, at));
  }

  Registered seen(Instant at) {
    return new Registered(owner, secret, agentKey, pairing, rejections, at);
  }

  Registered withRejections(Rejections next) {
    return new Registered(owner, secret, agentKey, pairing, next, lastSeen);
  }

  private Registered withSecret(SecretHash next) {
    return new Registered(owner, next, agentKey, pairing, rejections, lastSeen);
  }

  private Registered withAgentKey(String next) {
    return new Registered(owner, secret, next, pairing, rejections, lastSeen);
  }

  private Registered withPairing(@Nullable Pairing next) {
    return new Registered(owner, secret, agentKey, next, rejections, lastSeen);
  }

  private Pairing offered(SecretHash token, long expiresAt) {
    boolean isUsed = pairing != null && pairing.token().matches(token) && pairing.isUsed();
    return new Pairing(token, expiresAt, isUsed);
  }

  /** Whoever brings a token was let in by the agent's own hand, whatever it thought before. */
  private Registered withPairingUsed() {
    return pairing == null
        ? this
        : withPairing(new Pairing(pairing.token(), pairing.expiresAt(), true))
            .withRejections(Rejections.NONE);
  }

  @Override
  public String toString() {
    return "Registered[owner=" + owner + "]";
  }
}
