package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.FakeSocket;
import relay.http.socket.pyrycode.PyrycodeMeters.Direction;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.socket.pyrycode.PyrycodeMeters.RegisterFailure;

/** Every attempt is counted once, when it is decided (pyrycode 8.7). */
class UpgradeMetersTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final RouteStage routes = new RouteStage(TEST_KIT.system());

  private Map<String, Integer> counts() {
    return routes.stage.meters.counts();
  }

  private FakeSocket binary(long number) {
    return FakeSocket.open(routes.upgrade(RouteStage.server()), number);
  }

  private FakeSocket phone(long number) {
    return FakeSocket.open(routes.upgrade(RouteStage.client()), number);
  }

  @Test
  void serverEndpointTerminalPaths() {
    FakeSocket accepted = binary(1);
    assertThat(counts()).as("nothing is decided yet").isEmpty();
    accepted.tell(new RoomNotice.AgentGranted(1, 1, true));
    accepted.tell(new RoomNotice.AgentGranted(1, 1, true));
    accepted.end(CloseCause.PEER_CLOSED, 1000);
    FakeSocket refused = binary(2);
    refused.tell(new RoomNotice.Refused(2, Refusal.ALREADY_CLAIMED));
    refused.tell(new RoomNotice.Refused(2, Refusal.ALREADY_CLAIMED));
    refused.end(CloseCause.REFUSED, 4409);
    routes.answer(RouteStage.request("/v1/server", RouteStage.HANDSHAKE));

    assertThat(counts())
        .isEqualTo(
            Map.of(
                "server accept", 1,
                "server reject_409", 1,
                "server_in_use", 1,
                "server reject_headers", 1));
  }

  @Test
  void clientEndpointTerminalPaths() {
    phone(1).tell(new RoomNotice.PhoneGranted(1, 1, Stage.AGENT, 0));
    phone(2).tell(new RoomNotice.Refused(2, Refusal.NO_AGENT));
    phone(3).tell(new RoomNotice.Refused(3, Refusal.TOO_MANY_PHONES));
    phone(4).end(CloseCause.PEER_DROPPED, 0);
    routes.answer(RouteStage.request("/v1/client", RouteStage.HANDSHAKE));

    assertThat(counts())
        .isEqualTo(
            Map.of(
                "client accept", 1,
                "client reject_404", 1,
                "no_server", 1,
                "client reject_429", 1,
                "phones_at_cap", 1,
                "client reject_headers", 1));
  }

  @Test
  void registerFailuresCoIncrement() {
    routes.throttled();
    for (int i = 0; i < 23; i++) {
      routes.answer(RouteStage.client());
    }

    assertThat(counts()).isEqualTo(Map.of("client reject_rate_limit", 3, "ratelimit", 3));
  }

  @Test
  void allSixteenSeriesHaveTheirLabels() {
    assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::label))
        .containsExactly("server", "client");
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::label))
        .isEqualTo(
            List.of(
                "accept",
                "reject_headers",
                "reject_409",
                "reject_404",
                "reject_429",
                "reject_rate_limit"));
    assertThat(Arrays.stream(RegisterFailure.values()).map(RegisterFailure::label))
        .containsExactly("no_server", "server_in_use", "phones_at_cap", "ratelimit");
    assertThat(Arrays.stream(Direction.values()).map(Direction::label))
        .containsExactly("phone_to_binary", "binary_to_phone");
  }
}
