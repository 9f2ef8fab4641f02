package relay.http.testing.termonmac;

import java.util.List;
import java.util.Optional;
import relay.core.endtoend.Introduction;

/** What a client understands of what the relay says (TermOnMac 3). */
public sealed interface ServerMessage {
  record RoomRegistered(String roomId, Optional<Long> maxSessions) implements ServerMessage {}

  record PeerJoined(Introduction peer) implements ServerMessage {}

  record Relay(String payload) implements ServerMessage {}

  record RelayBatch(List<String> payloads) implements ServerMessage {}

  record PeerDisconnected(String reason) implements ServerMessage {}

  record HeartbeatAck(boolean macConnected, Optional<String> accountMatch, boolean accountDeleted)
      implements ServerMessage {}

  record ErrorMessage(
      String code, String message, Optional<String> macEmail, Optional<String> iosEmail)
      implements ServerMessage {}

  record QuotaExceeded(
      long usage, long limit, String period, String resetsAt, Optional<ExtraQuota> extra)
      implements ServerMessage {}

  record ExtraQuota(Optional<Long> used, Optional<Long> limit, Optional<String> expiresAt) {}
}
