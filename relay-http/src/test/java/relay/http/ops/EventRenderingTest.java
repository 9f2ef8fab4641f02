package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.directory.RoomHistory;
import relay.core.protocol.Keys;
import relay.core.room.Dialect;
import relay.core.room.RegistrationEvent;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomDescription;

/**
 * Of a registered room operators learn whose it is and what happened, and nothing that opens it.
 */
class EventRenderingTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final AccountId OWNER = new AccountId("0123456789abcdef0123456789abcdef");
  private static final SecretHash HASH = SecretHash.ofSent("secret");
  private static final SocketAddress SOCKET = new SocketAddress("pekko://relay@a:1/user/edge#9", 4);
  private static final Keys KEYS = new Keys("CANARY-key", "CANARY-nonce", "CANARY-ephemeral");

  private static final List<RoomEvent> EVENTS =
      List.of(
          new RegistrationEvent.RoomRegistered(OWNER, HASH, "CANARY-key", AT),
          new RoomEvent.AgentAttached(1, SOCKET, "mac-1", KEYS, AT),
          new RegistrationEvent.PairingOffered(HASH, 1_776_000_300, AT),
          new RegistrationEvent.PairingUsed(AT),
          new RoomEvent.PhoneAttached(2, SOCKET, "ios-1", KEYS, AT),
          new RegistrationEvent.SecretRotated(HASH, AT),
          new RegistrationEvent.AgentKeyReplaced("CANARY-key", AT),
          new RegistrationEvent.PairingWithdrawn(AT),
          new RoomEvent.RoomForgotten(AT));

  private static Stream<RoomViews.Event> rendered() {
    return EVENTS.stream().map(it -> EventRendering.event(new RoomHistory.Entry(7, it)));
  }

  @Test
  void everythingThatHappenedHasAName() {
    assertThat(rendered())
        .extracting(RoomViews.Event::event, RoomViews.Event::owner)
        .containsExactly(
            tuple("room_registered", OWNER.value()),
            tuple("agent_attached", null),
            tuple("pairing_offered", null),
            tuple("pairing_used", null),
            tuple("phone_attached", null),
            tuple("secret_rotated", null),
            tuple("agent_key_replaced", null),
            tuple("pairing_withdrawn", null),
            tuple("room_forgotten", null));
  }

  @Test
  void noHashAndNoKeyIsTold() {
    assertThat(rendered().map(RoomViews.Event::toString))
        .allSatisfy(
            it ->
                assertThat(it)
                    .doesNotContain("CANARY", HASH.value(), HASH.value().substring(8, 20)));
  }

  @Test
  void aRoomSaysWhoseItIs() {
    RoomKey room = new RoomKey(Dialect.TERMONMAC, "K7X2M9QJ4T");
    RoomDescription known = new RoomDescription(2, null, List.of(), null, OWNER, AT);

    assertThat(RoomRendering.room(room, known, List.of()).owner()).isEqualTo(OWNER.value());
  }
}
