package relay.core.endtoend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relay.core.endtoend.MacState.Challenging;

/**
 * What a phone's answer proves (TermOnMac 10.5, steps 3 to 6).
 *
 * @param with the secret it knows: the room's, or the token if it is being paired
 * @param binding what it tied the proof to
 */
record PhoneProof(TrustedDevice device, boolean isNew, SharedSecret with, Binding binding) {

  /** Empty if the answer proves nothing, or less than this phone is known to be able to. */
  static Optional<PhoneProof> of(String hmac, Challenging pending, MacMemory memory, Instant now) {
    String key = pending.phone().publicKey();
    Optional<TrustedDevice> known = memory.devices().find(key);
    List<SharedSecret> secrets = new ArrayList<>();
    memory.activeToken(now).ifPresent(secrets::add);
    known.ifPresent(_ -> secrets.add(memory.secret()));
    for (SharedSecret secret : secrets) {
      for (Binding binding : forms(known, pending.binding())) {
        if (pending.challenge().isAnsweredBy(hmac, secret, binding)) {
          boolean isBound = known.map(TrustedDevice::isBound).orElse(false) || !binding.isNone();
          TrustedDevice device = new TrustedDevice(key, now, isBound);
          return Optional.of(new PhoneProof(device, known.isEmpty(), secret, binding));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Binding> forms(Optional<TrustedDevice> known, Binding binding) {
    boolean mustBeBound = known.map(TrustedDevice::isBound).orElse(false);
    return mustBeBound || binding.isNone() ? List.of(binding) : List.of(binding, Binding.NONE);
  }

  boolean isPairing() {
    return with instanceof PairingToken;
  }

  /**
   * What the Mac proves itself with in turn: the same, but for a phone of the older kind that was
   * enrolled just now, which expects the room secret it was sent (TermOnMac 10.5, note on 6).
   */
  SharedSecret macKnows(RoomSecret secret) {
    return isNew && binding.isNone() ? secret : with;
  }
}
