package relay.core.protocol.termonmac;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relay.core.protocol.Keys;
import relay.core.protocol.Text;
import relay.core.protocol.termonmac.ClientMessage.Heartbeat;
import relay.core.protocol.termonmac.ClientMessage.JoinRoom;
import relay.core.protocol.termonmac.ClientMessage.Malformed;
import relay.core.protocol.termonmac.ClientMessage.PairingToken;
import relay.core.protocol.termonmac.ClientMessage.RegisterRoom;
import relay.core.protocol.termonmac.ClientMessage.Relay;
import relay.core.protocol.termonmac.ClientMessage.RelayBatch;
import relay.core.protocol.termonmac.ServerMessage.AccountMatch;
import relay.core.protocol.termonmac.ServerMessage.ExtraQuota;
import relay.core.protocol.termonmac.ServerMessage.Failure;
import relay.core.protocol.termonmac.ServerMessage.HeartbeatAck;
import relay.core.protocol.termonmac.ServerMessage.PeerDisconnected;
import relay.core.protocol.termonmac.ServerMessage.PeerJoined;
import relay.core.protocol.termonmac.ServerMessage.QuotaExceeded;
import relay.core.protocol.termonmac.ServerMessage.Reason;
import relay.core.protocol.termonmac.ServerMessage.RoomRegistered;

class GoldenMessagesTest {
  private static final String ROOM = "K7X2M9QJ4T";
  private static final String SECRET =
      "7dc7b30ce4a90fb0ab57b53e5d763d8268b5675fe5237f40d2ab4c6950b9eb3c";
  private static final String NEXT_SECRET =
      "5b2f0a2f4a7cf0f4d7e1c5c0a7a9b3d9e80f4ad4a4f4c9b2d1e7c6f5a4b3c2d1";
  private static final String TOKEN =
      "a3f1c2e4b5d60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
  private static final String MAC = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=";
  private static final String PHONE = "WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=";
  private static final String MAC_NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String PHONE_NONCE = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
  private static final String EPHEMERAL = "xzRS6Mq3sL9Pk0vQfXn2r1cT5uYw8aB4dE7gHjKlMno=";
  private static final Instant RESET = Instant.parse("2026-03-23T05:00:00Z");

  private static final Map<String, ClientMessage> FROM_CLIENTS =
      Map.ofEntries(
          entry(
              "from-mac-register-room",
              new RegisterRoom(
                  ROOM,
                  SECRET,
                  new Keys(MAC, MAC_NONCE, EPHEMERAL),
                  Optional.of(new PairingToken(TOKEN, OptionalLong.of(1_776_000_300))))),
          entry(
              "from-mac-register-room-again",
              new RegisterRoom(ROOM, NEXT_SECRET, new Keys(MAC, MAC_NONCE, ""), Optional.empty())),
          entry(
              "from-phone-join-room",
              new JoinRoom(
                  ROOM,
                  new Keys(PHONE, PHONE_NONCE, EPHEMERAL),
                  Optional.of(SECRET),
                  Optional.empty())),
          entry(
              "from-phone-join-room-with-token",
              new JoinRoom(ROOM, new Keys(PHONE, "", ""), Optional.empty(), Optional.of(TOKEN))),
          entry("both-ways-relay", new Relay()),
          entry("both-ways-relay-batch", new RelayBatch()),
          entry("from-both-heartbeat", new Heartbeat()),
          entry("bad-not-an-object", Malformed.NO_MESSAGE),
          entry("bad-truncated", Malformed.NO_MESSAGE),
          entry("bad-trailing-bytes", Malformed.NO_MESSAGE),
          entry("bad-no-type", Malformed.NO_MESSAGE),
          entry("bad-type-number", Malformed.NO_MESSAGE),
          entry("bad-null-type", Malformed.NO_MESSAGE),
          entry("bad-unknown-type", Malformed.UNKNOWN_TYPE),
          entry("bad-relay-without-payload", Malformed.BAD_FIELD),
          entry("bad-relay-empty-payload", Malformed.BAD_FIELD),
          entry("bad-relay-payload-object", Malformed.BAD_FIELD),
          entry("bad-relay-batch-empty", Malformed.BAD_FIELD),
          entry("bad-relay-batch-not-an-array", Malformed.BAD_FIELD),
          entry("bad-relay-batch-empty-item", Malformed.BAD_FIELD),
          entry("bad-relay-batch-number", Malformed.BAD_FIELD),
          entry("bad-register-room-without-secret-hash", Malformed.BAD_FIELD),
          entry("bad-register-room-without-public-key", Malformed.BAD_FIELD),
          entry("bad-register-room-null-room-id", Malformed.BAD_FIELD),
          entry("bad-register-room-room-id-with-a-slash", Malformed.BAD_FIELD),
          entry("bad-register-room-fractional-expiry", Malformed.BAD_FIELD),
          entry("bad-register-room-expiry-as-text", Malformed.BAD_FIELD),
          entry("bad-join-room-public-key-number", Malformed.BAD_FIELD));

  private static final Map<String, ServerMessage> TO_CLIENTS =
      Map.ofEntries(
          entry("to-mac-room-registered", new RoomRegistered(ROOM, -1)),
          entry("to-both-peer-joined", new PeerJoined(new Keys(MAC, MAC_NONCE, EPHEMERAL))),
          entry("to-both-peer-disconnected", new PeerDisconnected(Reason.CLIENT_LEFT)),
          entry("to-mac-heartbeat-ack", new HeartbeatAck(true, Optional.empty(), false)),
          entry(
              "to-phone-heartbeat-ack",
              new HeartbeatAck(false, Optional.of(AccountMatch.MATCH), false)),
          entry(
              "to-both-heartbeat-ack-of-a-deleted-account",
              new HeartbeatAck(true, Optional.empty(), true)),
          entry("to-both-error", Failure.of(ErrorCode.NO_PEER)),
          entry(
              "to-both-error-account-mismatch",
              new Failure(
                  ErrorCode.ACCOUNT_MISMATCH,
                  ErrorCode.ACCOUNT_MISMATCH.text(),
                  Optional.of("a@example.org"),
                  Optional.of("b@example.org"))),
          entry(
              "to-both-quota-exceeded",
              new QuotaExceeded(1003, 1000, "5h-98568", RESET, Optional.empty())),
          entry(
              "to-both-quota-exceeded-after-a-bonus",
              new QuotaExceeded(
                  2975,
                  1000,
                  "5h-98568",
                  RESET,
                  Optional.of(
                      new ExtraQuota(10_000, 10_000, Instant.parse("2026-03-20T00:00:00Z"))))));

  @ParameterizedTest
  @MethodSource("fromClients")
  void everyMessageOfAClientIsTakenForWhatItIs(String name, ClientMessage message) {
    assertThat(new MessageCodec().read(Text.of(Golden.text(name)))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("toClients")
  void everyMessageToAClientIsWrittenAsTheGoldenFileSays(String name, ServerMessage message) {
    assertThat(new String(MessageCodec.write(message), StandardCharsets.UTF_8))
        .isEqualTo(Golden.text(name));
  }

  @Test
  void everyGoldenFileIsAskedFor() {
    Set<String> asked = new HashSet<>(FROM_CLIENTS.keySet());
    asked.addAll(TO_CLIENTS.keySet());
    assertThat(Golden.names()).isEqualTo(asked);
  }

  @Test
  void theDocumentShowsEveryGoodMessage() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "protocol.md"));
    assertThat(Golden.names())
        .filteredOn(name -> !name.startsWith("bad-"))
        .allSatisfy(name -> assertThat(document).contains(Golden.text(name)));
  }

  static Stream<Object[]> fromClients() {
    return FROM_CLIENTS.entrySet().stream().map(it -> new Object[] {it.getKey(), it.getValue()});
  }

  static Stream<Object[]> toClients() {
    return TO_CLIENTS.entrySet().stream().map(it -> new Object[] {it.getKey(), it.getValue()});
  }
}
