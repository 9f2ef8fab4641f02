package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGateTest {
  private final AdminGate closed = new AdminGate("hunter2");
  private final AdminGate open = new AdminGate(null);

  @ParameterizedTest
  @ValueSource(strings = {"/alive", "/ready", "/metrics", "/ready?verbose"})
  void healthAndMetricsAreOpen(String path) {
    assertThat(closed.refusal(HttpRequest.GET(path))).isEmpty();
    assertThat(open.refusal(HttpRequest.GET(path))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/relay/rooms",
        "/cluster/members",
        "/metrics/",
        "/alive/../cluster/members",
        "//alive",
        "/ALIVE",
        "/startup"
      })
  void everythingElseNeedsTheToken(String path) {
    assertThat(closed.refusal(HttpRequest.GET(path))).contains(OpsError.UNAUTHORIZED);
    assertThat(with("Bearer hunter2", path)).isEmpty();
    assertThat(open.refusal(HttpRequest.GET(path))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer hunter",
        "Bearer hunter22",
        "Bearer ",
        "Bearer",
        "hunter2",
        "Basic hunter2"
      })
  void aWrongTokenIsRefused(String authorization) {
    assertThat(with(authorization, "/relay/rooms")).contains(OpsError.UNAUTHORIZED);
  }

  @Test
  void theSchemesCaseDoesNotMatter() {
    assertThat(with("bearer hunter2", "/relay/rooms")).isEmpty();
  }

  @Test
  void withoutATokenAWebPageIsRefused() {
    HttpRequest fromPage =
        HttpRequest.POST("/relay/drain").addHeader(RawHeader.create("Origin", "http://evil"));

    assertThat(open.refusal(fromPage)).contains(OpsError.BROWSER_REFUSED);
  }

  private Optional<OpsError> with(String authorization, String path) {
    return closed.refusal(
        HttpRequest.GET(path).addHeader(RawHeader.create("Authorization", authorization)));
  }
}
