package relay.http.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.http.push.PushOutcome;
import relay.http.signin.SigninMeters;
import relay.http.socket.pyrycode.ConnectedSockets;
import relay.http.socket.pyrycode.PyrycodeMeters.Direction;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.socket.pyrycode.PyrycodeMeters.Outcome;
import relay.http.socket.pyrycode.PyrycodeMeters.RegisterFailure;
import relay.http.socket.termonmac.TermonmacMeters;
import relay.http.store.StoreMeters;
import relay.http.transport.ListenerMeters.Reason;
import relay.http.transport.SocketMeters;
import relay.http.transport.SocketMeters.Drop;

class MetricsTest {
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `((?:pyrycode_)?relay_[a-z0-9_]+)` \\| (\\w+) \\| (.*?) \\|");

  private final Metrics metrics = new Metrics();

  @Test
  void theSevenPyrycodeFamiliesStandAtZeroFromTheStart() throws IOException {
    new PyrycodeMetrics(metrics, new ConnectedSockets());
    new PushMetrics(metrics);
    new RoomMetrics(metrics);

    assertThat(lines("pyrycode_relay_")).containsExactlyElementsOf(golden("pyrycode-metrics.txt"));
  }

  @Test
  void noPushMeansNoPushFamily() {
    new PyrycodeMetrics(metrics, new ConnectedSockets());

    assertThat(metrics.scrape()).doesNotContain("push_wakes");
  }

  @Test
  void everyPyrycodeCountMovesItsOwnCellOnly() {
    PyrycodeMetrics pyrycode = new PyrycodeMetrics(metrics, new ConnectedSockets());
    PushMetrics push = new PushMetrics(metrics);
    RoomMetrics rooms = new RoomMetrics(metrics);

    pyrycode.upgradeDecided(Endpoint.SERVER, Outcome.REJECT_409);
    pyrycode.registerFailed(RegisterFailure.SERVER_IN_USE);
    pyrycode.framesForwarded(Direction.BINARY_TO_PHONE, 3);
    rooms.graceExpired(new RoomKey(Dialect.PYRYCODE, "a"));
    rooms.graceExpired(new RoomKey(Dialect.TERMONMAC, "a"));
    push.count(PushOutcome.UNREGISTERED);

    assertThat(moved("pyrycode_relay_"))
        .containsExactlyInAnyOrder(
            "pyrycode_relay_frames_forwarded_total{direction=\"binary_to_phone\"} 3.0",
            "pyrycode_relay_grace_expiries_total 1.0",
            "pyrycode_relay_push_wakes_total{outcome=\"unregistered\"} 1.0",
            "pyrycode_relay_register_failures_total{kind=\"server_in_use\"} 1.0",
            "pyrycode_relay_ws_upgrade_attempts_total"
                + "{endpoint=\"server\",outcome=\"reject_409\"} 1.0");
  }

  @Test
  void socketsAreCountedByDialectAndCause() {
    TransportMetrics transport = new TransportMetrics(metrics);
    SocketMeters sockets = transport.of(Dialect.PYRYCODE);

    sockets.opened();
    sockets.opened();
    sockets.closed(CloseCause.BACKLOG_FULL);
    sockets.received(100);
    sockets.sent(2, 300);
    sockets.dropped(Drop.CLOSING, 4);
    sockets.paused();
    transport.of(Dialect.TERMONMAC).received(7);
    transport.strayed(3);
    transport.linkBroken();

    assertThat(moved("relay_"))
        .containsExactlyInAnyOrder(
            "relay_bytes_total{dialect=\"pyrycode\",direction=\"in\"} 100.0",
            "relay_bytes_total{dialect=\"pyrycode\",direction=\"out\"} 300.0",
            "relay_frames_dropped_total{dialect=\"pyrycode\",reason=\"closing\"} 4.0",
            "relay_frames_total{dialect=\"pyrycode\",direction=\"in\"} 1.0",
            "relay_frames_total{dialect=\"pyrycode\",direction=\"out\"} 2.0",
            "relay_bytes_total{dialect=\"termonmac\",direction=\"in\"} 7.0",
            "relay_frames_total{dialect=\"termonmac\",direction=\"in\"} 1.0",
            "relay_frames_strayed_total 3.0",
            "relay_links_broken_total 1.0",
            "relay_pauses_total{dialect=\"pyrycode\"} 1.0",
            "relay_sockets_closed_total{cause=\"backlog_full\",dialect=\"pyrycode\"} 1.0",
            "relay_sockets_open{dialect=\"pyrycode\"} 1.0");
  }

  @Test
  void theTermonmacEdgeIsCounted() {
    TermonmacMetrics termonmac = new TermonmacMetrics(metrics);

    termonmac.upgradeDecided(TermonmacMeters.Outcome.ROOM_LIMIT);
    termonmac.errorSaid(ErrorCode.NO_PEER);
    termonmac.creditsExhausted(TermonmacMeters.Exhaustion.MID_SESSION);
    termonmac.framesForwarded(TermonmacMeters.Direction.MAC_TO_PHONE, 3);
    termonmac.seated(Role.AGENT);
    termonmac.seated(Role.PHONE);
    termonmac.unseated(Role.PHONE);

    assertThat(moved("relay_"))
        .containsExactlyInAnyOrder(
            "relay_termonmac_upgrades_total{outcome=\"room_limit\"} 1.0",
            "relay_termonmac_errors_total{code=\"no_peer\"} 1.0",
            "relay_termonmac_quota_exceeded_total{when=\"mid_session\"} 1.0",
            "relay_termonmac_frames_forwarded_total{direction=\"mac_to_phone\"} 3.0",
            "relay_sockets{dialect=\"termonmac\",role=\"agent\"} 1.0");
  }

  @Test
  void signInsAreCountedByTheProvidersThatThereAre() {
    SigninMetrics signin = new SigninMetrics(metrics, List.of("github", "corp"));

    signin.started("github");
    signin.succeeded("corp");
    signin.failed("github", SigninMeters.Failure.DENIED);
    signin.failed("whatever a browser says", SigninMeters.Failure.UNKNOWN_ATTEMPT);
    signin.failed("unknown", SigninMeters.Failure.UNKNOWN_ATTEMPT);

    assertThat(moved("relay_signins_"))
        .containsExactlyInAnyOrder(
            "relay_signins_started_total{provider=\"github\"} 1.0",
            "relay_signins_succeeded_total{provider=\"corp\"} 1.0",
            "relay_signins_failed_total{provider=\"github\",reason=\"denied\"} 1.0",
            "relay_signins_failed_total{provider=\"unknown\",reason=\"unknown_attempt\"} 2.0");
  }

  @Test
  void whatTheStoreTellsIsCountedByTypeAndOutcome() {
    StoreMetrics store = new StoreMetrics(metrics);

    store.told(StoreMeters.Notice.DID_RENEW, StoreMeters.Outcome.STALE);
    store.told(StoreMeters.Notice.SHOWN_BY_BUYER, StoreMeters.Outcome.APPLIED);

    assertThat(moved("relay_store_"))
        .containsExactlyInAnyOrder(
            "relay_store_told_total{outcome=\"stale\",type=\"did_renew\"} 1.0",
            "relay_store_told_total{outcome=\"applied\",type=\"shown_by_buyer\"} 1.0");
  }

  @Test
  void connectionsAreCountedByReason() {
    ListenerMetrics listener = new ListenerMetrics(metrics);

    listener.opened();
    listener.opened();
    listener.closed();
    listener.refused(Reason.HEAD_TIMEOUT);

    assertThat(moved("relay_"))
        .containsExactlyInAnyOrder(
            "relay_connections 1.0",
            "relay_connections_accepted_total 2.0",
            "relay_connections_refused_total{reason=\"head_timeout\"} 1.0");
  }

  @Test
  void roomsAreCountedByDialect() {
    RoomMetrics rooms = new RoomMetrics(metrics);

    rooms.woke(new RoomKey(Dialect.PYRYCODE, "a"));
    rooms.edgeSilent(new RoomKey(Dialect.TERMONMAC, "a"));
    rooms.refused(new RoomKey(Dialect.TERMONMAC, "a"), Refusal.TOKEN_USED);

    assertThat(moved("relay_"))
        .containsExactlyInAnyOrder(
            "relay_edges_silent_total{dialect=\"termonmac\"} 1.0",
            "relay_room_refusals_total{dialect=\"termonmac\",reason=\"token_used\"} 1.0",
            "relay_rooms_woken_total{dialect=\"pyrycode\"} 1.0");
  }

  @Test
  void writesAreTimedInBucketsByDialect() {
    RoomMetrics rooms = new RoomMetrics(metrics);
    assertThat(metrics.scrape())
        .contains("relay_journal_write_seconds_count{dialect=\"pyrycode\"} 0");

    rooms.wrote(new RoomKey(Dialect.PYRYCODE, "a"), Duration.ofMillis(3));
    rooms.wrote(new RoomKey(Dialect.PYRYCODE, "b"), Duration.ofMillis(700));

    assertThat(metrics.scrape())
        .contains(
            "relay_journal_write_seconds_bucket{dialect=\"pyrycode\",le=\"0.002\"} 0",
            "relay_journal_write_seconds_bucket{dialect=\"pyrycode\",le=\"0.005\"} 1",
            "relay_journal_write_seconds_bucket{dialect=\"pyrycode\",le=\"1.0\"} 2",
            "relay_journal_write_seconds_count{dialect=\"pyrycode\"} 2",
            "relay_journal_write_seconds_count{dialect=\"termonmac\"} 0");
  }

  @Test
  void aProbesTimeIsCountedWhetherItAnswersOrFails() {
    metrics.timeProbe("database", () -> CompletableFuture.completedFuture(true));
    metrics.timeProbe("database", () -> CompletableFuture.failedFuture(new IOException("gone")));

    assertThat(metrics.scrape()).contains("relay_probe_seconds_count{probe=\"database\"} 2");
  }

  @Test
  void countsSurviveACollection() {
    TransportMetrics transport = new TransportMetrics(metrics);
    transport.of(Dialect.PYRYCODE).received(7);
    System.gc();

    assertThat(metrics.scrape())
        .contains("relay_bytes_total{dialect=\"pyrycode\",direction=\"in\"} 7.0");
  }

  @Test
  void twoRegistriesShareNothing() {
    Metrics other = new Metrics();
    new ListenerMetrics(metrics).opened();
    new ListenerMetrics(other);

    assertThat(other.scrape()).contains("relay_connections 0.0");
    assertThat(io.micrometer.core.instrument.Metrics.globalRegistry.getRegistries()).isEmpty();
  }

  @Test
  void theProcessIsWatched() {
    metrics.watchProcess();
    metrics.watchDrain(() -> true);

    assertThat(metrics.scrape())
        .contains(
            "jvm_memory_used_bytes{",
            "jvm_threads_live_threads ",
            "jvm_classes_loaded_classes ",
            "process_uptime_seconds ",
            "relay_draining 1.0");
  }

  @Test
  void theDocumentListsEveryFamilyAndNoOther() throws IOException {
    String document = Files.readString(Path.of("../docs/operations.md"));

    assertThat(
            DOCUMENTED
                .matcher(document)
                .results()
                .map(row -> row.group(1) + " " + row.group(3).replace("`", "")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Metric.values())
                .map(
                    it ->
                        it.family()
                            + " "
                            + (it.labels().isEmpty() ? "–" : String.join(", ", it.labels())))
                .toList());
  }

  private List<String> moved(String prefix) {
    return lines(prefix).stream()
        .filter(line -> !line.startsWith("#") && !line.matches(".* 0(\\.0)?"))
        .toList();
  }

  private List<String> lines(String prefix) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.replaceFirst("^# (HELP|TYPE) ", "").startsWith(prefix))
        .toList();
  }

  private static List<String> golden(String name) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/ops", name));
  }
}
