package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.FakeSocket;

class HealthzRouteTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final Stage stage = new Stage();
  private Duration uptime = Duration.ZERO;

  private HttpResponse ask(HttpMethod method) {
    try {
      return new HealthzRoute("0.1.0-SNAPSHOT", stage.connected, () -> uptime)
          .route()
          .handler(TEST_KIT.system())
          .apply(HttpRequest.create("/healthz").withMethod(method))
          .toCompletableFuture()
          .join();
    } catch (Exception e) {
      throw new AssertionError("the route failed", e);
    }
  }

  private static String body(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }

  @Test
  void responseShape() {
    for (HttpMethod method : List.of(HttpMethods.GET, HttpMethods.POST, HttpMethods.DELETE)) {
      HttpResponse response = ask(method);

      assertThat(response.status().intValue()).isEqualTo(200);
      assertThat(response.entity().getContentType()).hasToString("application/json; charset=utf-8");
      assertThat(response.getHeaders())
          .extracting(HttpHeader::toString)
          .containsExactly("Cache-Control: no-store");
      assertThat(body(response))
          .isEqualTo(
              "{\"status\":\"ok\",\"version\":\"0.1.0-SNAPSHOT\",\"connected_binaries\":0,"
                  + "\"connected_phones\":0,\"uptime_seconds\":0}")
          .hasSizeLessThan(200);
    }
  }

  @Test
  void tracksRegistryState() {
    uptime = Duration.ofMillis(61_999);
    FakeSocket binary = stage.binary();
    FakeSocket phone = stage.phone(1);
    stage.phone(2);
    assertThat(body(ask(HttpMethods.GET)))
        .contains("\"connected_binaries\":1,\"connected_phones\":2,\"uptime_seconds\":61");

    binary.end(CloseCause.PEER_DROPPED, 0);
    phone.tell(new RoomNotice.AgentLeft(1, Stage.EPOCH, 30_000, CloseCause.PEER_DROPPED));
    assertThat(body(ask(HttpMethods.GET)))
        .as("a binary in grace is not counted, its phones are")
        .contains("\"connected_binaries\":0,\"connected_phones\":2");

    phone.tell(new RoomNotice.Close(1, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED));
    assertThat(body(ask(HttpMethods.GET))).contains("\"connected_phones\":1");
  }

  @Test
  void aVersionThatIsNoPlainTextIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HealthzRoute("1\"", stage.connected, () -> uptime));
  }
}
