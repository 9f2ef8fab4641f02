package relay.core.endtoend;

import java.time.Instant;
import java.util.Optional;

/**
 * What a Mac keeps between connections, to be stored whenever a session says that it has changed.
 *
 * @param isRotated whether the secret has taken the place of the first one
 * @param token what a new phone may prove itself with, until one has
 */
public record MacMemory(
    RoomSecret secret, boolean isRotated, TrustStore devices, Optional<PairingToken> token) {

  /** A room that nobody has been paired with. */
  public static MacMemory ofNewRoom(RoomSecret secret) {
    return new MacMemory(secret, false, TrustStore.empty(), Optional.empty());
  }

  public MacMemory pairingWith(PairingToken shown) {
    return new MacMemory(secret, isRotated, devices, Optional.of(shown));
  }

  Optional<PairingToken> activeToken(Instant now) {
    return token.filter(shown -> shown.isActive(now));
  }

  MacMemory seen(TrustedDevice device) {
    return new MacMemory(secret, isRotated, devices.with(device), token);
  }

  /** A token is good for one pairing. */
  MacMemory paired(TrustedDevice device) {
    return new MacMemory(secret, isRotated, devices.with(device), Optional.empty());
  }

  MacMemory rotated(RoomSecret newSecret) {
    return new MacMemory(newSecret, true, devices, token);
  }
}
