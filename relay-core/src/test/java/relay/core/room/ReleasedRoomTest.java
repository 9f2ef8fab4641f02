package relay.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.room.MacRoom.MAC_KEY;
import static relay.core.room.MacRoom.OWNER;
import static relay.core.room.MacRoom.START;
import static relay.core.room.MacRoom.STRANGER;
import static relay.core.room.MacRoom.given;
import static relay.core.room.MacRoom.hash;
import static relay.core.room.MacRoom.refused;
import static relay.core.room.MacRoom.socket;
import static relay.core.room.MacRoom.withBoth;

import org.junit.jupiter.api.Test;
import relay.core.protocol.Keys;

/** Rooms their owners, or operators, want forgotten (TermOnMac 1.11). */
class ReleasedRoomTest {

  @Test
  void aRoomWhoseMacIsConnectedIsInUse() {
    assertThat(withBoth().room().releaseTo(OWNER)).isEqualTo(ReleaseAnswer.IN_USE);
  }

  @Test
  void anotherAccountsRoomIsNotThere() {
    assertThat(withBoth().room().releaseTo(STRANGER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
    assertThat(given().room().releaseTo(OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
  }

  @Test
  void itsPhoneIsClosedAndTheSameMacRegistersItAnew() {
    MacRoom room = withBoth();
    room.leaves(1, CloseCause.PEER_CLOSED);
    assertThat(room.room().releaseTo(OWNER)).isEqualTo(ReleaseAnswer.RELEASED);

    Verdict verdict = room.then(room.arbiter().forget(START));

    assertThat(verdict.events()).containsExactly(new RoomEvent.RoomForgotten(START));
    assertThat(verdict.tells())
        .containsExactly(
            new Tell.Close(socket(101), new Farewell(1001, "room removed", CloseCause.FORGOTTEN)));
    assertThat(room.joins(103).tells()).isEqualTo(refused(103, Refusal.UNKNOWN_ROOM));
    assertThat(room.registers(3).events())
        .startsWith(new RegistrationEvent.RoomRegistered(OWNER, hash("s0"), MAC_KEY, START));
  }

  @Test
  void aForgottenRoomIsAnybodysToRegister() {
    MacRoom room = withBoth();
    room.then(room.arbiter().forget(START));

    room.registers(
        3, new Registration(STRANGER, hash("other"), new Keys("other-key", "", ""), null));

    assertThat(room.room().releaseTo(STRANGER)).isEqualTo(ReleaseAnswer.IN_USE);
    assertThat(room.room().releaseTo(OWNER)).isEqualTo(ReleaseAnswer.NOT_FOUND);
  }
}
