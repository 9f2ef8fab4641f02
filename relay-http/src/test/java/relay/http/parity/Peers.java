package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.http.testing.Eventually;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/**
 * The binaries and phones of one test, let go when it ends. What the Go relay's tests read from its
 * registry, these read from the relay's log.
 */
final class Peers implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SMALL_BUFFER = 4_096;
  private static final AtomicInteger CLOCKS = new AtomicInteger();

  private final RelayServerExtension relay;
  private final List<TestPeer> opened = new ArrayList<>();
  private @Nullable LogLines log;

  Peers(RelayServerExtension relay) {
    this.relay = relay;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    log = new LogLines();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    opened.forEach(peer -> peer.drop().close());
    log().close();
  }

  LogLines log() {
    return Objects.requireNonNull(log, "the test has not begun");
  }

  TestDial dialBinary(String serverId) {
    return TestPeer.dialBinary(relay.port(), serverId).patience(PATIENCE);
  }

  TestDial dialPhone(String serverId) {
    return TestPeer.dialPhone(relay.port(), serverId).patience(PATIENCE);
  }

  /** Connects as told; the answer is yet to be expected. */
  TestPeer connect(TestDial dial) {
    TestPeer peer = dial.connect();
    opened.add(peer);
    return peer;
  }

  /** Connects as told and becomes a socket, which its room may still refuse. */
  TestPeer upgrade(TestDial dial) {
    return connect(dial).expectHttp(101);
  }

  /**
   * Joins, where a place of the test before may not be free yet: it is a moment after its socket is
   * no longer counted.
   */
  <T> T oncePlaceIsFree(Supplier<T> join) {
    AtomicReference<@Nullable T> joined = new AtomicReference<>();
    Eventually.eventually(() -> joined.set(join.get()));
    return Objects.requireNonNull(joined.get());
  }

  /** A binary that holds its server-id. */
  TestPeer binary(String serverId) {
    int claims = log().of("server_claimed", serverId).size();
    TestPeer binary = upgrade(dialBinary(serverId));
    log().await("server_claimed", serverId, claims + 1);
    return binary;
  }

  /** A phone that has its slot. */
  Phone phone(String serverId) {
    return phone(serverId, dialPhone(serverId));
  }

  Phone phone(String serverId, TestDial dial) {
    int phones = log().of("phone_registered", serverId).size();
    TestPeer phone = upgrade(dial);
    LogLines.Line line = log().await("phone_registered", serverId, phones + 1);
    return new Phone(phone, line.value("conn_id"));
  }

  /** A phone that has its slot and reads nothing more. */
  Phone stalledPhone(String serverId) {
    Phone phone = phone(serverId, dialPhone(serverId).receiveBuffer(SMALL_BUFFER));
    phone.peer().stopReading();
    return phone;
  }

  /** Sends frames for a phone that has gone until the binary's room has told its socket so. */
  void sendUntilUnknown(TestPeer binary, String serverId, Phone gone) {
    Eventually.eventually(
        () -> {
          binary.send(gone.envelope("\"too late\""));
          assertThat(log().of("binary_forwarder_unknown_conn_id", serverId)).isNotEmpty();
        });
  }

  /** Returns when a grace that began now is over; it is one of a room nobody else is in. */
  void letAGracePass() {
    String serverId = "clock-" + CLOCKS.incrementAndGet();
    TestPeer binary = binary(serverId);
    Phone phone = phone(serverId);
    binary.sendClose(1000, "");
    phone.peer().expectClose(1000, "");
  }
}
