package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnIdTest {

  @Test
  void anIdNamesTheRoleAndTheServerAndEndsInEightHexDigits() {
    assertThat(ConnId.phone("home", new Random(1))).matches("client-home-[0-9a-f]{8}");
    assertThat(ConnId.binary("home", new Random(1))).matches("server-home-[0-9a-f]{8}");
  }

  @Test
  void smallNumbersKeepTheirZeros() {
    assertThat(ConnId.phone("home", () -> 10L << 32)).isEqualTo("client-home-0000000a");
  }

  @Test
  void everyConnectionGetsAnotherId() {
    Random random = new Random(1);
    assertThat(ConnId.phone("home", random)).isNotEqualTo(ConnId.phone("home", random));
  }
}
