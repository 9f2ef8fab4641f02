package relay.http.socket.termonmac;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.SecretHash;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;

/** How fast a client may say anew who it is, which its room may have to write (TermOnMac 8). */
class ChangePaceTest {
  private static final RoomNotice MAC_GRANTED = new RoomNotice.AgentGranted(Stage.MAC, 2, false);

  private final Stage stage = new Stage();

  @Test
  void afterABurstAMacsChangesWaitForTheirTurn() {
    FakeSocket mac = macThatChangedAtOnce(ChangePace.BURST);
    assertThat(mac.isHeld()).isFalse();

    mac.message(secret("one too many"));
    assertThat(mac.isHeld()).isTrue();
    mac.advance(Duration.ofMillis(999));
    assertThat(stage.rooms.next()).isEmpty();

    mac.advance(Duration.ofMillis(1));
    assertThat(secretShown()).isEqualTo(SecretHash.ofSent("one too many"));
    mac.tell(MAC_GRANTED);
    assertThat(mac.queued()).endsWith(Stage.REGISTERED);
    assertThat(mac.isHeld()).isFalse();
    assertThat(mac.closes()).isEmpty();
  }

  @Test
  void whoeverHasWaitedLongEnoughMayBeFastAgain() {
    FakeSocket mac = macThatChangedAtOnce(ChangePace.BURST);
    mac.advance(Duration.ofMillis(3 * ChangePace.INTERVAL_MILLIS));

    for (int i = 0; i < 3; i++) {
      mac.message(secret("later" + i));
      assertThat(secretShown()).isEqualTo(SecretHash.ofSent("later" + i));
      mac.tell(MAC_GRANTED);
    }
    mac.message(secret("one too many"));
    assertThat(stage.rooms.next()).isEmpty();
  }

  @Test
  void whatTheRoomSaysMeanwhileIsNoAnswerToWhatItWasNotAsked() {
    FakeSocket mac = macThatChangedAtOnce(ChangePace.BURST);
    mac.message(secret("waiting"));
    int said = mac.queued().size();

    mac.nodeLost();
    assertThat(secretShown())
        .as("the one the room knows")
        .isEqualTo(SecretHash.ofSent("secret" + (ChangePace.BURST - 1)));
    mac.tell(MAC_GRANTED);

    assertThat(mac.queued()).hasSize(said);
    assertThat(mac.isHeld()).isTrue();
    mac.advance(Duration.ofSeconds(1));
    assertThat(secretShown()).isEqualTo(SecretHash.ofSent("waiting"));
  }

  @Test
  void aRoomThatDoesNotAnswerIsGivenUpAsLongAfterItWasAsked() {
    FakeSocket mac = macThatChangedAtOnce(ChangePace.BURST);
    mac.message(secret("waiting"));
    mac.advance(Duration.ofMillis(8_999));
    assertThat(mac.closes()).isEmpty();
    mac.advance(Duration.ofMillis(1));
    assertThat(mac.closes())
        .containsExactly(new Close(1011, "room unavailable", CloseCause.ROOM_UNAVAILABLE, true));
  }

  @Test
  void afterABurstAPhonesChangesWaitForTheirTurn() {
    FakeSocket phone = stage.pairedPhone();
    for (int i = 0; i < ChangePace.BURST; i++) {
      phone.message(ephemeral("key" + i));
      assertThat(stage.command()).isInstanceOf(RoomCommand.AttachPhone.class);
      phone.tell(Stage.granted(3 + i));
    }

    phone.message(ephemeral("one too many"));
    phone.tell(Stage.granted(2 + ChangePace.BURST));
    assertThat(phone.isHeld()).isTrue();
    phone.advance(Duration.ofMillis(999));
    assertThat(stage.rooms.next()).isEmpty();
    phone.advance(Duration.ofMillis(1));
    assertThat(stage.command()).isInstanceOf(RoomCommand.AttachPhone.class);
    phone.tell(Stage.granted(3 + ChangePace.BURST));
    assertThat(phone.isHeld()).isFalse();
  }

  private FakeSocket macThatChangedAtOnce(int times) {
    FakeSocket mac = stage.pairedMac();
    for (int i = 0; i < times; i++) {
      mac.message(secret("secret" + i));
      assertThat(secretShown()).isEqualTo(SecretHash.ofSent("secret" + i));
      mac.tell(MAC_GRANTED);
    }
    return mac;
  }

  private SecretHash secretShown() {
    RoomCommand.AttachAgent asked = (RoomCommand.AttachAgent) stage.command();
    return requireNonNull(asked.registration()).secret();
  }

  private static String secret(String hash) {
    return Stage.REGISTER_AGAIN.replace("hash2", hash);
  }

  private static String ephemeral(String key) {
    return Stage.JOIN.replace("iosEphemeral", key);
  }
}
