package relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:443, 192.0.2.1",
    "' 192.0.2.1 ', 192.0.2.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "[2001:db8::1]:443, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "1:2:3:4:5:6:0:8, 1:2:3:4:5:6:0:8",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void oneAddressHasOneText(String literal, String text) {
    assertThat(IpAddress.parse(literal).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "example.org",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.4:x",
        "::1%lo",
        "[::1",
        "1:2",
        ":::",
        "0x7f.0.0.1",
        "2130706433",
        "_hidden"
      })
  void whatIsNoLiteralIsNoAddress(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Property
  void itsTextIsReadBackAsTheSameAddress(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    IpAddress address = IpAddress.of(InetAddress.getByAddress(bytes));

    assertThat(IpAddress.parse(address.toString())).contains(address);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.200, true",
    "192.0.2.9, 192.0.2.9, true",
    "192.0.2.9, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true"
  })
  void aRangeHoldsWhatSharesItsPrefix(String range, String address, boolean holds) {
    assertThat(IpRange.parse(range).contains(IpAddress.parse(address).orElseThrow()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129"})
  void whatIsNoRangeIsRefused(String range) {
    assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(range));
  }
}
