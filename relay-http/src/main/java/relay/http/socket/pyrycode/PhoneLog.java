package relay.http.socket.pyrycode;

import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.http.socket.Closure;

/** The log entries of one phone's connection (pyrycode 9). */
final class PhoneLog {
  private static final EventLog LOG = EventLog.of(PhoneSocket.class);

  static final String BACKLOG_FULL = "phone backlog full";

  private final PhoneCaller caller;

  PhoneLog(PhoneCaller caller) {
    this.caller = caller;
  }

  void registered(String remote) {
    ofConnection(LOG.info("phone_registered"))
        .with(LogKey.DEVICE_NAME, caller.deviceName())
        .with(LogKey.REMOTE, remote)
        .write();
  }

  void notJson() {
    ofConnection(LOG.warn("phone_forwarder_marshal_err"))
        .with(LogKey.ERR, "frame is not valid JSON")
        .write();
  }

  void noBinary() {
    ofConnection(LOG.info("phone_forwarder_no_binary")).write();
  }

  void sendFailed() {
    ofConnection(LOG.info("phone_forwarder_send_failed"))
        .with(LogKey.ERR, "binary connection is closed")
        .write();
  }

  void readEnd(Closure closure) {
    ofConnection(LOG.info("phone_forwarder_read_end"))
        .with(LogKey.ERR, Endings.text(closure))
        .write();
  }

  void noticeFailed(int closeCode) {
    ofConnection(LOG.info("phone_close_notice_send_failed"))
        .with(LogKey.CLOSE_CODE, closeCode)
        .with(LogKey.ERR, "binary connection is closed")
        .write();
  }

  void unregistered() {
    ofConnection(LOG.info("phone_unregistered")).write();
  }

  void backlogFull() {
    ofConnection(LOG.info("binary_forwarder_phone_enqueue_failed"))
        .with(LogKey.ERR, BACKLOG_FULL)
        .write();
  }

  void writeFailed(Closure closure) {
    ofConnection(LOG.info("binary_forwarder_phone_send_failed"))
        .with(LogKey.ERR, Endings.text(closure))
        .write();
  }

  void closedByBinary(int closeCode) {
    ofConnection(LOG.info("binary_forwarder_phone_closed"))
        .with(LogKey.CLOSE_CODE, closeCode)
        .write();
  }

  void lastFrameFailed(int closeCode, Closure closure) {
    ofConnection(LOG.info("binary_forwarder_close_frame_send_failed"))
        .with(LogKey.CLOSE_CODE, closeCode)
        .with(LogKey.ERR, Endings.text(closure))
        .write();
  }

  private EventLog.Entry ofConnection(EventLog.Entry entry) {
    return entry.with(LogKey.SERVER_ID, caller.serverId()).with(LogKey.CONN_ID, caller.connId());
  }
}
