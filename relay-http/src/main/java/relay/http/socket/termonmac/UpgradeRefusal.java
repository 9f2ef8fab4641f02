package relay.http.socket.termonmac;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.http.socket.termonmac.TermonmacMeters.Outcome;

/**
 * Why a request becomes no socket (TermOnMac 2.2). The status tells a Mac what to do, and it reads
 * it only off a whole response.
 */
enum UpgradeRefusal {
  /** As the HTTP API answers; a Mac asks again in 8 s and keeps its credentials. */
  SANDBOX_KEY_INVALID(403, Outcome.SANDBOX_KEY_INVALID),
  UNAUTHORIZED(401, Outcome.UNAUTHORIZED),
  ACCOUNT_DELETED(410, Outcome.ACCOUNT_DELETED),
  RATE_LIMITED(429, Outcome.RATE_LIMITED),
  BAD_REQUEST(400, Outcome.BAD_REQUEST),
  UPGRADE_REQUIRED(426, Outcome.BAD_REQUEST),
  ROOM_LIMIT(403, Outcome.ROOM_LIMIT),
  /** This node carries as many sockets as it may. */
  OVERLOADED(503, Outcome.FULL),
  /** The account or its subscription did not answer: that is no verdict on the key. */
  UNAVAILABLE(503, Outcome.UNAVAILABLE);

  private final int status;
  private final Outcome outcome;

  UpgradeRefusal(int status, Outcome outcome) {
    this.status = status;
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  HttpResponse response() {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(ContentTypes.APPLICATION_JSON, "{\"error\":\"" + name() + "\"}")
        .addHeader(RawHeader.create("Connection", "close"));
  }
}
