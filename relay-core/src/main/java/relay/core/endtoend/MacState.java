package relay.core.endtoend;

import java.time.Instant;
import java.util.Optional;

/** How far a Mac has come with the phone in its room. */
sealed interface MacState {
  /** No phone, or one that was refused. */
  record Alone() implements MacState {}

  /** The phone has to prove itself. */
  record Challenging(
      SealedChannel channel, Introduction phone, Binding binding, Challenge challenge)
      implements MacState {

    /** Whether this is an announcement of the same connection again. */
    boolean isWith(Introduction announced) {
      return announced.hasEphemeralKey() && announced.equals(phone);
    }
  }

  /** The phone has proven itself, and may want the same of the Mac. */
  record Convinced(ProvenPhone phone, Instant until) implements MacState {}

  record Together(ProvenPhone phone, Optional<Rotation> rotation) implements MacState {}

  /** A new secret that the phone has not acknowledged. */
  record Rotation(RoomSecret secret, Instant until) {}
}
