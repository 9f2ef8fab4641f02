package relay.http.termonmac;

import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;

/** TermOnMac's clients and one node. */
class OneNodeIT implements AcceptanceContract, TrapsContract, AccountContract {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with(RelayUnderTest.BONUS, RelayUnderTest.BONUS_CREDITS)
          .with(RelayUnderTest.FLUSH, RelayUnderTest.SOON);

  @Override
  public RelayUnderTest relay() {
    return new RelayUnderTest(RELAY::port, RELAY::port, () -> RELAY.node().opsAddress().getPort());
  }
}
