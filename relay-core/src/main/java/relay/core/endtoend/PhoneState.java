package relay.core.endtoend;

import java.util.List;
import java.util.Optional;

/** How far a phone has come with the Mac in the room. */
sealed interface PhoneState {
  /** No Mac, or one that was refused. */
  record Alone() implements PhoneState {}

  /** The Mac is going to ask for a proof. */
  record Expecting(SealedChannel channel, Introduction mac, Binding binding) implements PhoneState {

    /** Whether this is an announcement of the same connection again. */
    boolean isWith(Introduction announced) {
      return announced.hasEphemeralKey() && announced.equals(mac);
    }
  }

  /** The phone gave its proof, and the Mac has to say whether it will do. */
  record Answered(SealedChannel channel, Binding binding, SharedSecret with, boolean isAccepted)
      implements PhoneState {

    Answered acceptedByMac() {
      return new Answered(channel, binding, with, true);
    }
  }

  /** The Mac has to prove itself, by one of these secrets. */
  record Challenging(
      SealedChannel channel, Binding binding, Challenge challenge, List<SharedSecret> secrets)
      implements PhoneState {

    /** What the Mac's answer is tied to; empty if it proves nothing. */
    Optional<Binding> proof(String hmac, boolean mustBeBound) {
      if (!binding.isNone() && challenge.isAnsweredBy(hmac, secrets.getFirst(), binding)) {
        return Optional.of(binding);
      }
      boolean isPlain =
          secrets.stream().anyMatch(secret -> challenge.isAnsweredBy(hmac, secret, Binding.NONE));
      return isPlain && !mustBeBound ? Optional.of(Binding.NONE) : Optional.empty();
    }

    /** The one that stays when the phone has been paired. */
    RoomSecret roomSecret() {
      return (RoomSecret) secrets.getLast();
    }
  }

  record Together(SealedChannel channel, RoomSecret secret) implements PhoneState {}
}
