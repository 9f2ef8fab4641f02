package relay.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.limits.BucketSize;
import relay.core.limits.Limit;
import relay.core.settings.HttpSettings.TlsFiles;

class RelaySettingsTest {
  @Test
  void nothingSetIsOnePlainNodeWithTheProtocolsLimits() {
    RelaySettings settings = with(Map.of());

    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.http().tls()).isNull();
    assertThat(settings.http().trustedProxies()).isEmpty();
    assertThat(settings.ops()).isEqualTo(new OpsSettings("127.0.0.1", 7626, null));
    assertThat(settings.node())
        .isEqualTo(new NodeSettings("127.0.0.1", 0, List.of(), List.of("edge", "room")));
    assertThat(settings.node().isAlone()).isTrue();
    assertThat(settings.storage())
        .isEqualTo(new StorageSettings(null, null, null, Path.of("./data")));
    assertThat(settings.limits().maxConnections()).isEqualTo(100_000);
    assertThat(settings.limits().maxOpen()).isEqualTo(101_000);
    assertThat(settings.limits().rates().sizes())
        .containsOnlyKeys(Limit.values())
        .containsEntry(Limit.PYRYCODE_UPGRADES, new BucketSize(20, Duration.ofSeconds(6)));
    assertThat(settings.room()).isEqualTo(new RoomSettings(Duration.ofMinutes(2)));
    assertThat(settings.drain()).isEqualTo(new DrainSettings(Duration.ofSeconds(10)));
    assertThat(settings.pyrycode().maxPhones()).isEqualTo(16);
    assertThat(settings.pyrycode().maxMessageBytes()).isEqualTo(262_144);
    assertThat(settings.pyrycode().outboxBytes()).isEqualTo(4_194_304);
    assertThat(settings.push().credentials()).isNull();
  }

  @Test
  void theEnvironmentSetsWhatTheArchitectureNames() {
    RelaySettings settings =
        with(
            Map.ofEntries(
                Map.entry("RELAY_HTTP_HOST", "::"),
                Map.entry("RELAY_HTTP_PORT", "0"),
                Map.entry("RELAY_OPS_HOST", "10.0.0.1"),
                Map.entry("RELAY_OPS_PORT", "1234"),
                Map.entry("RELAY_ADMIN_TOKEN", "hunter2"),
                Map.entry("RELAY_DATA_DIR", "/var/lib/relay"),
                Map.entry("RELAY_JDBC_URL", "jdbc:postgresql://db/relay"),
                Map.entry("RELAY_JDBC_USER", "relay"),
                Map.entry("RELAY_JDBC_PASSWORD", "hunter3"),
                Map.entry("RELAY_NODE_HOST", "10.0.0.1"),
                Map.entry("RELAY_NODE_PORT", "7355"),
                Map.entry("RELAY_SEED_NODES", "10.0.0.1:7355, 10.0.0.2:7355"),
                Map.entry("RELAY_ROLES", "edge"),
                Map.entry("RELAY_UPGRADES_PER_IP", "off"),
                Map.entry("RELAY_TRUSTED_PROXIES", "10.0.0.0/8,::1"),
                Map.entry("RELAY_TLS_CERTIFICATE_CHAIN", "chain.pem"),
                Map.entry("RELAY_TLS_PRIVATE_KEY", "key.pem"),
                Map.entry("RELAY_PROXY_PROTOCOL", "on")));

    assertThat(settings.http().host()).isEqualTo("::");
    assertThat(settings.http().port()).isZero();
    assertThat(settings.http().tls())
        .isEqualTo(new TlsFiles(Path.of("chain.pem"), Path.of("key.pem")));
    assertThat(settings.http().proxyProtocol()).isTrue();
    assertThat(settings.http().trustedProxies()).containsExactly("10.0.0.0/8", "::1");
    assertThat(settings.ops()).isEqualTo(new OpsSettings("10.0.0.1", 1234, "hunter2"));
    assertThat(settings.storage())
        .isEqualTo(
            new StorageSettings(
                "jdbc:postgresql://db/relay", "relay", "hunter3", Path.of("/var/lib/relay")));
    assertThat(settings.node().seedAddresses())
        .containsExactly("pekko://relay@10.0.0.1:7355", "pekko://relay@10.0.0.2:7355");
    assertThat(settings.node().roles()).containsExactly("edge");
    assertThat(settings.limits().rates().of(Limit.PYRYCODE_UPGRADES)).isEmpty();
  }

  @Test
  void pushCredentialsFallBackToTheNameThatTheGoRelayUses() {
    assertThat(with(Map.of("PYRYCODE_RELAY_FCM_CREDENTIALS", "{1}")).push().credentials())
        .isEqualTo("{1}");
    assertThat(
            with(Map.of("PYRYCODE_RELAY_FCM_CREDENTIALS", "{1}", "RELAY_FCM_CREDENTIALS", "{2}"))
                .push()
                .credentials())
        .isEqualTo("{2}");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    RelaySettings settings = with(Map.of("RELAY_ADMIN_TOKEN", "", "RELAY_JDBC_URL", ""));

    assertThat(settings.ops().adminToken()).isNull();
    assertThat(settings.storage().isEmbedded()).isTrue();
  }

  @Test
  void aFileOverridesDefaultsAndTheEnvironmentOverridesTheFile(@TempDir Path files)
      throws IOException {
    Path file = files.resolve("relay.conf");
    Files.writeString(file, "relay.http { port = 1, host = filed }\npekko.loglevel = DEBUG");

    var config =
        SettingsSource.load(Map.of("RELAY_CONFIG", file.toString(), "RELAY_HTTP_PORT", "8080"));
    RelaySettings settings = RelaySettings.from(config);

    assertThat(settings.http().host()).isEqualTo("filed");
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(config.getString("pekko.loglevel")).isEqualTo("DEBUG");
    assertThat(config.hasPath("RELAY_HTTP_PORT")).isFalse();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> with(Map.of("RELAY_CONFIG", "/nowhere/relay.conf")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("RELAY_CONFIG = /nowhere/relay.conf: expected a file that can be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RELAY_HTTP_PORT        | 70000      | relay.http.port = 70000: expected a port
          RELAY_HTTP_PORT        | http       | relay.http.port = http: expected a whole number
          RELAY_HTTP_HEAD_TIMEOUT | 0 s       | relay.http.head-timeout = PT0S: expected a duration
          RELAY_PROXY_PROTOCOL   | maybe      | relay.http.proxy-protocol = maybe: expected on or off
          RELAY_TRUSTED_PROXIES  | proxy.lan  | relay.http.trusted-proxies = proxy.lan: expected
          RELAY_TLS_PRIVATE_KEY  | key.pem    | relay.http.tls.certificate-chain = null: expected
          RELAY_OPS_HOST         | 0.0.0.0    | relay.ops.host = 0.0.0.0: expected a loopback address
          RELAY_ROLES            | cook       | relay.node.roles = [cook]: expected edge, room
          RELAY_SEED_NODES       | nowhere    | relay.node.seed-nodes = nowhere: expected host:port
          RELAY_SEED_NODES       | a:1        | relay.storage.url = null: expected a PostgreSQL address
          RELAY_MAX_CONNECTIONS  | 0          | relay.limits.max-connections = 0: expected
          RELAY_UPGRADES_PER_IP  | often      | relay.limits.upgrades-per-ip = often: expected off, or
          RELAY_UPGRADES_PER_IP  | 0/6s       | relay.limits.upgrades-per-ip = 0: expected
          RELAY_DRAIN_DEADLINE   | soon       | relay.drain.deadline = soon: expected a duration
          RELAY_DRAIN_DEADLINE   | 0 s        | relay.drain.deadline = PT0S: expected a duration
          RELAY_PYRYCODE_OUTBOX_BYTES | 4 jugs | relay.pyrycode.outbox-bytes = 4 jugs: expected a size
          RELAY_TERMONMAC_PHONE_QUEUE_BYTES | 16 MiB | relay.termonmac.phone-queue-bytes = 16777216: expected three of the longest messages
          """)
  void aValueThatDoesNotFitIsRefusedByItsKey(String variable, String value, String message) {
    assertThatThrownBy(() -> with(Map.of(variable, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "::1", "[::1]", "localhost"})
  void withoutATokenLoopbackMayBeBound(String host) {
    assertThat(with(Map.of("RELAY_OPS_HOST", host)).ops().host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "10.0.0.1", "127.0.0.999", "127.evil.example", "relay.example"})
  void withoutATokenNothingElseMayBeBound(String host) {
    assertThatThrownBy(() -> with(Map.of("RELAY_OPS_HOST", host)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("relay.ops.admin-token is not set");
    assertThat(with(Map.of("RELAY_OPS_HOST", host, "RELAY_ADMIN_TOKEN", "hunter2")).ops().host())
        .isEqualTo(host);
  }

  @Test
  void noSecretIsEverPrinted() {
    Map<String, String> secrets = new HashMap<>();
    secrets.put("RELAY_ADMIN_TOKEN", "hunter1");
    secrets.put("RELAY_JDBC_URL", "jdbc:postgresql://db/relay?password=hunter2&ssl=true");
    secrets.put("RELAY_JDBC_PASSWORD", "hunter3");
    secrets.put("RELAY_FCM_CREDENTIALS", "{\"private_key\":\"hunter4\"}");
    RelaySettings settings = with(secrets);

    assertThat(settings.toString()).doesNotContain("hunter");
    assertThat(settings.describe())
        .doesNotContain("hunter")
        .contains("relay.ops.admin-token = (set)")
        .contains("relay.storage.url = jdbc:postgresql://db/relay?password=(set)&ssl=true");
  }

  @Test
  void theDescriptionSaysWhatIsInForce() {
    assertThat(with(Map.of("RELAY_HTTP_PORT", "9000")).describe().lines())
        .contains(
            "relay.http.port = 9000",
            "relay.http.tls.private-key = (not set)",
            "relay.http.trusted-proxies = (none)",
            "relay.http.proxy-protocol = off",
            "relay.node.roles = edge, room",
            "relay.limits.upgrades-per-ip = 20/6000ms",
            "relay.pyrycode.grace = 30 s",
            "relay.push.credentials = (not set)");
    assertThat(with(Map.of("RELAY_UPGRADES_PER_IP", "off")).describe().lines())
        .contains("relay.limits.upgrades-per-ip = off");
  }

  @Test
  void theActorSystemIsToldWhereItLives() {
    var loaded = SettingsSource.load(Map.of("RELAY_NODE_PORT", "7355", "RELAY_OPS_PORT", "0"));

    var config = SystemConfig.of(RelaySettings.from(loaded), loaded);

    assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(7355);
    assertThat(config.getStringList("pekko.cluster.roles")).containsExactly("edge", "room");
    assertThat(config.getInt("pekko.management.http.port")).isZero();
    assertThat(
            config.getDuration("pekko.coordinated-shutdown.phases.before-service-unbind.timeout"))
        .isEqualTo(Duration.ofSeconds(12));
  }

  private static RelaySettings with(Map<String, String> environment) {
    return RelaySettings.from(SettingsSource.load(environment));
  }
}
