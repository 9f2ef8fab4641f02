package relay.http.socket.pyrycode;

import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.protocol.pyrycode.EnvelopeReader;
import relay.http.push.PushRefusal;
import relay.http.socket.Closure;

/** The log entries of one binary's connection (pyrycode 9). */
final class BinaryLog {
  private static final EventLog LOG = EventLog.of(BinarySocket.class);
  private static final int LONGEST_CONN_ID = 256;

  private final BinaryCaller caller;

  BinaryLog(BinaryCaller caller) {
    this.caller = caller;
  }

  void takeover(String remote) {
    LOG.info("server_id_takeover")
        .with(LogKey.SERVER_ID, caller.serverId())
        .with(LogKey.REMOTE, remote)
        .write();
  }

  void claimed(String remote) {
    LOG.info("server_claimed")
        .with(LogKey.SERVER_ID, caller.serverId())
        .with(LogKey.BINARY_VERSION, caller.version())
        .with(LogKey.REMOTE, remote)
        .write();
  }

  void unreadable(EnvelopeReader.Result result) {
    String why =
        switch (result) {
          case MALFORMED -> "malformed envelope";
          case MISSING_CONN_ID -> "missing conn_id";
          case MISSING_FRAME -> "missing frame";
          case FRAME, CLOSE, PUSH_WAKE ->
              throw new IllegalArgumentException(result + " is readable");
        };
    ofConnection(LOG.warn("binary_forwarder_unmarshal_err")).with(LogKey.ERR, why).write();
  }

  void wakeDropped(PushRefusal why) {
    ofConnection(LOG.warn("binary_forwarder_push_wake_dropped"))
        .with(LogKey.ERR, why.text())
        .write();
  }

  /** The id is whatever the binary wrote, so no more of it is kept than an id needs. */
  void unknownPhone(String connId) {
    LOG.warn("binary_forwarder_unknown_conn_id")
        .with(LogKey.SERVER_ID, caller.serverId())
        .with(LogKey.CONN_ID, connId.substring(0, Math.min(connId.length(), LONGEST_CONN_ID)))
        .write();
  }

  void enqueueFailed(String connId, String why) {
    LOG.info("binary_forwarder_phone_enqueue_failed")
        .with(LogKey.SERVER_ID, caller.serverId())
        .with(LogKey.CONN_ID, connId)
        .with(LogKey.ERR, why)
        .write();
  }

  void readEnd(Closure closure) {
    ofConnection(LOG.info("binary_forwarder_read_end"))
        .with(LogKey.ERR, Endings.text(closure))
        .write();
  }

  void released() {
    LOG.info("server_released").with(LogKey.SERVER_ID, caller.serverId()).write();
  }

  private EventLog.Entry ofConnection(EventLog.Entry entry) {
    return entry
        .with(LogKey.SERVER_ID, caller.serverId())
        .with(LogKey.BINARY_CONN_ID, caller.connId());
  }
}
