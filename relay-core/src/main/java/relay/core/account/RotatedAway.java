package relay.core.account;

import java.time.Instant;

/**
 * What counted before a rotation, for as long as the rotation is answered again.
 *
 * @param keyUntil how long the old key works on
 * @param graceUntil how long the old token is answered with the same result
 */
public record RotatedAway(
    CredentialHash key,
    CredentialHash token,
    SealedResult result,
    Instant keyUntil,
    Instant graceUntil) {

  boolean isAnsweredAt(Instant now) {
    return now.isBefore(graceUntil);
  }
}
