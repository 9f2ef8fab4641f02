package relay.core.endtoend;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a phone keeps of one Mac between connections, to be stored whenever a session says that it
 * has changed.
 *
 * @param macKey the identity it saw on the Mac's screen, as base64; nobody else is let speak
 * @param isBound whether this Mac ties its proofs to a session's keys; nothing less is taken then
 * @param token what it read off the screen, until it is paired
 * @param secrets the room's secret; two while it is open whether the Mac took the newer one, the
 *     one to be tried next first (TermOnMac B4)
 */
public record PhoneMemory(
    String macKey, boolean isBound, Optional<PairingToken> token, List<RoomSecret> secrets) {

  public PhoneMemory {
    secrets = List.copyOf(secrets);
    if (token.isEmpty() && secrets.isEmpty()) {
      throw new IllegalArgumentException("a phone without token or secret can prove nothing");
    }
  }

  /** Of a Mac that is not paired yet. */
  public static PhoneMemory of(QrPayload read) {
    return new PhoneMemory(read.macKey(), read.isBound(), Optional.of(read.token()), List.of());
  }

  /** What it asks to be let in with, and proves next. */
  public SharedSecret proof() {
    return token.<SharedSecret>map(it -> it).orElseGet(secrets::getFirst);
  }

  /** Reads a screen again: the old secrets are good until the Mac has accepted the token. */
  public PhoneMemory pairingWith(QrPayload read) {
    return new PhoneMemory(
        read.macKey(), isBound || read.isBound(), Optional.of(read.token()), secrets);
  }

  PhoneMemory provedBy(RoomSecret secret, boolean boundProof) {
    return new PhoneMemory(macKey, isBound || boundProof, Optional.empty(), List.of(secret));
  }

  /** The one before stays, since an acknowledgement can get lost. */
  PhoneMemory rotated(RoomSecret before, RoomSecret newSecret) {
    return new PhoneMemory(
        macKey, isBound, token, Stream.of(newSecret, before).distinct().toList());
  }

  /** For a phone that was turned away: what else might convince the Mac, if anything. */
  PhoneMemory onSecondThoughts() {
    boolean wasToken = token.isPresent();
    if (secrets.isEmpty()) {
      return this;
    }
    return new PhoneMemory(
        macKey, isBound, Optional.empty(), wasToken ? secrets : secrets.reversed());
  }
}
