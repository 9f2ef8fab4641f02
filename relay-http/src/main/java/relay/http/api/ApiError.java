package relay.http.api;

/**
 * Every error the API answers with, as {@code {"error":"CODE"}} and no other key: clients take some
 * keys for success whatever the status (TermOnMac 1.1).
 */
public enum ApiError {
  /** The body or a parameter is not what the call takes. */
  BAD_REQUEST(400),
  /** There is no API key, or it does not count any more. */
  UNAUTHORIZED(401),
  /** The one-time code is unknown, used or expired. */
  CODE_INVALID(401),
  /** The refresh token is unknown, used long ago or expired. */
  REFRESH_TOKEN_INVALID(401),
  /** This relay is not for everybody, and the {@code X-Sandbox-Key} is missing or wrong. */
  SANDBOX_KEY_INVALID(403),
  /** The App Store has not signed it, or not for this relay's app. */
  SIGNATURE_INVALID(403),
  /** There is no such call. */
  NOT_FOUND(404),
  /** The account has no such room. */
  ROOM_NOT_FOUND(404),
  /** The purchase names no account, and no account has shown it yet. */
  PURCHASE_UNCLAIMED(404),
  /** The room's Mac is connected. */
  ROOM_IN_USE(409),
  /** The purchase belongs to another account. */
  PURCHASE_OF_ANOTHER_ACCOUNT(409),
  /** The account is gone for good. */
  ACCOUNT_GONE(410),
  /** The product is sold for no tier of this relay. */
  PRODUCT_UNKNOWN(422),
  /** Something was asked for too often; {@code Retry-After} says when to ask again. */
  RATE_LIMITED(429),
  /** The database or an entity gave no answer in time. */
  UNAVAILABLE(503);

  private final int status;

  ApiError(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
