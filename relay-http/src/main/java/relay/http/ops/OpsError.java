package relay.http.ops;

/** Every error the ops API answers with: its code is its name, and stays what it is. */
public enum OpsError {
  BAD_REQUEST(400, "A parameter or the body is not what the call takes."),
  BAD_IDEMPOTENCY_KEY(
      400, "An Idempotency-Key has 16 to 128 visible characters, best random ones."),
  UNAUTHORIZED(401, "This call needs the admin token: Authorization: Bearer <token>."),
  BROWSER_REFUSED(403, "Without an admin token no call is taken from a web page."),
  NOT_FOUND(404, "There is no such call."),
  UNKNOWN_ACCOUNT(404, "There is no such account."),
  UNKNOWN_DIALECT(404, "There is no such dialect: expected pyrycode or termonmac."),
  UNKNOWN_NODE(404, "No node with this address carries sockets."),
  UNKNOWN_ROOM(404, "There is no such room."),
  METHOD_NOT_ALLOWED(405, "The call exists, but not with this method."),
  ACCOUNT_EXISTS(409, "There is an account with this e-mail."),
  CALL_UNDER_WAY(409, "The call with this Idempotency-Key is still being carried out."),
  IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was sent with another call."),
  INTERNAL_ERROR(500, "A fault of the relay itself; its log says more."),
  ACCOUNT_UNAVAILABLE(503, "The account gave no answer in time."),
  NODE_UNAVAILABLE(503, "A node gave no answer in time."),
  ROOM_UNAVAILABLE(503, "The room gave no answer in time."),
  STORAGE_UNAVAILABLE(503, "The database gave no answer in time.");

  private final int status;
  private final String message;

  OpsError(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public int status() {
    return status;
  }

  public String message() {
    return message;
  }
}
