package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A relay that drops, repeats, reorders, reflects and damages what it carries, as it likes. It can
 * always keep the two apart; it never makes either of them believe anything that is not so.
 */
class MeddlingPropertiesTest {
  private static final int STEPS = 60;

  /** What the relay has seen go by, of either side. */
  private final List<String> seen = new ArrayList<>();

  @Property(tries = 300)
  void meddlingNeverDeceivesAnybody(
      @ForAll boolean isPairing, @ForAll boolean isBound, @ForAll long seed) {
    seen.clear();
    Ends ends = isPairing ? Ends.pairing(isBound) : Ends.paired(isBound);
    RoomSecret before = ends.mac.memory().secret();
    Random choice = new Random(seed);
    ends.meet();
    for (int i = 0; i < STEPS; i++) {
      step(ends, choice);
      isSound(ends, before);
    }
  }

  @Property(tries = 50)
  void bothRecoverFromWhateverWasDone(@ForAll boolean isBound, @ForAll long seed) {
    seen.clear();
    Ends ends = Ends.paired(isBound);
    Random choice = new Random(seed);
    ends.meet();
    for (int i = 0; i < STEPS; i++) {
      step(ends, choice);
    }
    ends.reconnect().meet().settle();
    if (!ends.phone.isAuthenticated()) {
      ends.phone.left();
      ends.reconnect().meet().settle();
    }
    assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
  }

  private void step(Ends ends, Random choice) {
    switch (choice.nextInt(8)) {
      case 0, 1 -> seen.addAll(Ends.takeSent(ends.atMac));
      case 2 -> seen.addAll(Ends.takeSent(ends.atPhone));
      case 3 -> ends.carryToPhone();
      case 4 -> ends.carryToMac();
      default -> {
        if (!seen.isEmpty()) {
          deliver(ends, choice);
        }
      }
    }
  }

  private void deliver(Ends ends, Random choice) {
    String payload = seen.get(choice.nextInt(seen.size()));
    if (choice.nextInt(4) == 0) {
      byte[] damaged = Base64.getDecoder().decode(payload);
      damaged[choice.nextInt(damaged.length)] ^= (byte) (1 + choice.nextInt(255));
      payload = Base64.getEncoder().encodeToString(damaged);
    }
    if (choice.nextBoolean()) {
      ends.atMac.addAll(ends.mac.received(payload, ends.now));
    } else {
      ends.atPhone.addAll(ends.phone.received(payload));
    }
  }

  private static void isSound(Ends ends, RoomSecret before) {
    MacMemory mac = ends.mac.memory();
    PhoneMemory phone = ends.phone.memory();
    if (ends.phone.isAuthenticated()) {
      assertThat(phone.secrets()).contains(mac.secret());
      assertThat(mac.devices().find(ends.phoneIntroduction.publicKey())).isPresent();
    }
    if (!mac.secret().equals(before)) {
      assertThat(phone.secrets()).as("the phone acknowledged it").contains(mac.secret());
    }
    if (ends.mac.isAuthenticated()) {
      assertThat(mac.devices().find(ends.phoneIntroduction.publicKey())).isPresent();
    }
  }
}
