package relay.http.socket.pyrycode;

import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.socket.pyrycode.PyrycodeMeters.RegisterFailure;

/** What becomes of a socket that its room refuses (pyrycode 2.1, 8.7, 9). */
enum Rejection {
  NO_SERVER(
      4404,
      "no server with that id",
      "phone_register_no_server",
      Endpoint.CLIENT,
      Outcome.REJECT_404,
      RegisterFailure.NO_SERVER),
  TOO_MANY_PHONES(
      4429,
      "too many phones for server-id",
      "phone_register_at_cap",
      Endpoint.CLIENT,
      Outcome.REJECT_429,
      RegisterFailure.PHONES_AT_CAP),
  SERVER_IN_USE(
      4409,
      "server-id already claimed",
      "server_id_conflict",
      Endpoint.SERVER,
      Outcome.REJECT_409,
      RegisterFailure.SERVER_IN_USE);

  private static final EventLog LOG = EventLog.of(Rejection.class);

  private final int code;
  private final String reason;
  private final String event;
  private final Endpoint endpoint;
  private final Outcome outcome;
  private final RegisterFailure failure;

  Rejection(
      int code,
      String reason,
      String event,
      Endpoint endpoint,
      Outcome outcome,
      RegisterFailure failure) {
    this.code = code;
    this.reason = reason;
    this.event = event;
    this.endpoint = endpoint;
    this.outcome = outcome;
    this.failure = failure;
  }

  static Rejection of(Refusal why) {
    return switch (why) {
      case NO_AGENT -> NO_SERVER;
      case TOO_MANY_PHONES -> TOO_MANY_PHONES;
      case ALREADY_CLAIMED -> SERVER_IN_USE;
      case SECRET_MISMATCH,
          ACCOUNT_MISMATCH,
          UNKNOWN_ROOM,
          TOKEN_USED,
          TOKEN_EXPIRED,
          WRONG_CREDENTIALS,
          REJECTED_BY_AGENT ->
          throw new IllegalArgumentException(why + " is of a dialect with credentials");
    };
  }

  void carryOut(Line line) {
    line.ports().meters().upgradeDecided(endpoint, outcome);
    line.ports().meters().registerFailed(failure);
    LOG.info(event)
        .with(LogKey.SERVER_ID, line.room().id())
        .with(LogKey.REMOTE, line.socket().remote())
        .write();
    line.socket().closeNow(code, reason, CloseCause.REFUSED);
  }
}
