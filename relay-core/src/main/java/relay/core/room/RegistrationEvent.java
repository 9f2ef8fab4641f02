package relay.core.room;

import java.time.Instant;
import relay.core.account.AccountId;

/** What changed in whose a room is and in what it takes to be let in (TermOnMac 4.4, 4.7). */
public sealed interface RegistrationEvent extends RoomEvent {

  /** The room is an account's from now on; its agent is known by this key. */
  record RoomRegistered(AccountId owner, SecretHash secret, String agentKey, Instant at)
      implements RegistrationEvent {

    @Override
    public String toString() {
      return "RoomRegistered[owner=" + owner + ", at=" + at + "]";
    }
  }

  /** The room has another secret. */
  record SecretRotated(SecretHash secret, Instant at) implements RegistrationEvent {}

  /** The agent showed the secret and another key than before. */
  record AgentKeyReplaced(String agentKey, Instant at) implements RegistrationEvent {

    @Override
    public String toString() {
      return "AgentKeyReplaced[at=" + at + "]";
    }
  }

  /**
   * A pairing token may let in a phone. One that was offered before stays used.
   *
   * @param expiresAt epoch second from which it lets in nobody
   */
  record PairingOffered(SecretHash token, long expiresAt, Instant at)
      implements RegistrationEvent {}

  /** The agent has no pairing token any more, and the one it had was not used. */
  record PairingWithdrawn(Instant at) implements RegistrationEvent {}

  /** The pairing token has let in its phone. */
  record PairingUsed(Instant at) implements RegistrationEvent {}
}
