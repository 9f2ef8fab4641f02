package relay.http.socket.termonmac;

import java.util.Locale;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.Refusal;

/** The log entries of one socket; nothing of them is a client's own words but the room's id. */
final class SocketLog {
  private static final EventLog LOG = EventLog.of(TermonmacSocket.class);

  private final Line line;

  private SocketLog(Line line) {
    this.line = line;
  }

  static SocketLog of(Line line) {
    return new SocketLog(line);
  }

  void registered() {
    entry("mac_registered").with(LogKey.REMOTE, line.remote()).write();
  }

  void joined() {
    entry("phone_joined").with(LogKey.REMOTE, line.remote()).write();
  }

  void refused(Refusal why) {
    entry("room_refused").with(LogKey.REMOTE, line.remote()).with(LogKey.ERR, why).write();
  }

  void macLeft(Ended how) {
    left("mac_left", how);
  }

  void phoneLeft(Ended how) {
    left("phone_left", how);
  }

  private void left(String event, Ended how) {
    entry(event)
        .with(LogKey.CLOSE_CODE, how.code())
        .with(LogKey.ERR, how.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .write();
  }

  private EventLog.Entry entry(String event) {
    return LOG.info(event)
        .with(LogKey.ROOM_ID, line.room().id())
        .with(LogKey.ACCOUNT, line.caller().account().fingerprint())
        .with(LogKey.CONN_ID, line.connection());
  }
}
