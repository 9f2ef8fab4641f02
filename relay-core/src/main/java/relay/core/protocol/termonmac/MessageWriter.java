package relay.core.protocol.termonmac;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import relay.core.protocol.JsonString;
import relay.core.protocol.Keys;

/** One {@link ServerMessage} being written as JSON. */
final class MessageWriter {
  /** Always with milliseconds, as clients parse it (TermOnMac 3.11). */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder json = new StringBuilder(128);

  private MessageWriter(String type) {
    json.append("{\"type\":");
    JsonString.append(json, type);
  }

  static byte[] write(ServerMessage message) {
    return of(message).json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static MessageWriter of(ServerMessage message) {
    return switch (message) {
      case ServerMessage.RoomRegistered(var roomId, var maxSessions) ->
          new MessageWriter("room_registered")
              .text("room_id", roomId)
              .number("max_sessions", maxSessions);
      case ServerMessage.PeerJoined(Keys(var publicKey, var sessionNonce, var ephemeralKey)) ->
          new MessageWriter("peer_joined")
              .text("public_key", publicKey)
              .text("session_nonce", sessionNonce)
              .text("ephemeral_key", ephemeralKey);
      case ServerMessage.PeerDisconnected(var reason) ->
          new MessageWriter("peer_disconnected").text("reason", reason.wireName());
      case ServerMessage.HeartbeatAck ack -> heartbeatAck(ack);
      case ServerMessage.Failure failure -> failure(failure);
      case ServerMessage.QuotaExceeded exceeded -> quotaExceeded(exceeded);
    };
  }

  private static MessageWriter heartbeatAck(ServerMessage.HeartbeatAck ack) {
    MessageWriter writer =
        new MessageWriter("heartbeat_ack").flag("mac_connected", ack.isMacConnected());
    ack.match().ifPresent(match -> writer.text("account_match", match.wireName()));
    return ack.isAccountDeleted() ? writer.flag("account_deleted", true) : writer;
  }

  private static MessageWriter failure(ServerMessage.Failure failure) {
    MessageWriter writer =
        new MessageWriter("error")
            .text("code", failure.code().name())
            .text("message", failure.message());
    failure.macEmail().ifPresent(email -> writer.text("mac_email", email));
    failure.iosEmail().ifPresent(email -> writer.text("ios_email", email));
    return writer;
  }

  private static MessageWriter quotaExceeded(ServerMessage.QuotaExceeded exceeded) {
    MessageWriter writer =
        new MessageWriter("quota_exceeded")
            .number("usage", exceeded.usage())
            .number("limit", exceeded.limit())
            .text("period", exceeded.period())
            .time("resets_at", exceeded.resetsAt());
    exceeded
        .extra()
        .ifPresent(
            extra ->
                writer
                    .number("extra_quota_used", extra.used())
                    .number("extra_quota_limit", extra.limit())
                    .time("extra_quota_expires_at", extra.expiresAt()));
    return writer;
  }

  private MessageWriter text(String key, String value) {
    JsonString.append(key(key), value);
    return this;
  }

  private MessageWriter number(String key, long value) {
    key(key).append(value);
    return this;
  }

  private MessageWriter flag(String key, boolean value) {
    key(key).append(value);
    return this;
  }

  private MessageWriter time(String key, Instant value) {
    return text(key, TIME.format(value));
  }

  private StringBuilder key(String key) {
    json.append(',');
    JsonString.append(json, key);
    return json.append(':');
  }
}
