package relay.http.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.Eventually;
import relay.http.testing.RelayServerExtension;

/** A node that carries rooms and no sockets: it can be rolled without a socket closing. */
class RoomNodeIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.node.roles", "room");

  @Test
  void aNodeForRoomsListensToOperatorsOnly() {
    assertThat(RELAY.port()).isZero();
    Eventually.eventually(() -> assertThat(RELAY.ops("/ready")).isEqualTo("OK"));
    assertThat(RELAY.ops("/cluster/members")).contains("\"room\"").doesNotContain("\"edge\"");
  }
}
