package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
  @Test
  void aSecretIs32LettersAndDigits() {
    Set<Character> used = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String text = RoomSecret.generate(Ends.RANDOM).text();
      assertThat(text).matches("[A-Za-z0-9]{32}");
      text.chars().forEach(one -> used.add((char) one));
    }
    assertThat(used).as("every letter and digit occurs").hasSize(62);
  }

  @Test
  void aTokenIsGoodFor300Seconds() {
    Instant now = Instant.parse("2026-03-23T00:00:00Z");
    PairingToken token = PairingToken.generate(now, Ends.RANDOM);
    assertThat(token.isActive(now.plusSeconds(299))).isTrue();
    assertThat(token.isActive(now.plusSeconds(300))).isFalse();
  }

  @Test
  void theHashIsSha256() {
    assertThat(new RoomSecret("abc").hash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void nothingIsNoSecret() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RoomSecret(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new PairingToken("", Instant.EPOCH));
  }
}
