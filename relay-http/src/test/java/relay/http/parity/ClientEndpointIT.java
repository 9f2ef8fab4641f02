package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code client_endpoint_test.go}: how phones come and go, and what their binary learns of it. */
class ClientEndpointIT {
  private static final int CAP = 3;

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.pyrycode.max-phones", CAP);

  @RegisterExtension final Peers peers = new Peers(RELAY);

  @Test
  void clientEndpointValidUpgradeRegistersPhone() {
    peers.binary("valid");
    Phone phone = peers.phone("valid");

    LogLines.Line registered = peers.log().await("phone_registered", "valid");
    assertThat(registered.level()).isEqualTo("INFO");
    assertThat(registered.values())
        .containsOnlyKeys("server_id", "conn_id", "device_name", "remote")
        .containsEntry("device_name", "test phone");
    assertThat(phone.connId()).matches("client-valid-[0-9a-f]{8}");
    assertThat(RELAY.ops("/relay/rooms/pyrycode/valid"))
        .contains("\"connection\":\"" + phone.connId() + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-pyrycode-server", "x-pyrycode-token", "user-agent"})
  void clientEndpointHeaderGate400(String required) {
    peers.connect(peers.dialPhone("gate").without(required)).expectHttp(400);
    peers.connect(peers.dialPhone("gate").header(required, "")).expectHttp(400);

    assertThat(RELAY.ops("/relay/rooms/pyrycode/gate")).contains("UNKNOWN_ROOM");
    assertThat(peers.log().about("gate")).as("a refused header is not worth a line").isEmpty();
  }

  @Test
  void clientEndpointNoBinary4404() {
    peers
        .upgrade(peers.dialPhone("nobody"))
        .expectClose(4404, "no server with that id")
        .expectEnd();

    assertThat(peers.log().of("phone_register_no_server", "nobody"))
        .singleElement()
        .satisfies(line -> assertThat(line.values()).containsOnlyKeys("server_id", "remote"));
  }

  @Test
  void clientEndpointPeerCloseUnregistersPhone() {
    TestPeer binary = peers.binary("leaves");
    Phone phone = peers.phone("leaves");
    phone.peer().sendClose(1000, "").expectClose(1000, "").expectEnd();
    assertThat(peers.log().await("phone_unregistered", "leaves").value("conn_id"))
        .isEqualTo(phone.connId());
    binary.expect(phone.closeNotice(1000));

    Phone next = peers.phone("leaves");
    next.peer().send("1");
    binary.expect(next.envelope("1"));
  }

  @Test
  void clientEndpointMultiplePhonesIndependentLifecycle() {
    TestPeer binary = peers.binary("several");
    Phone first = peers.phone("several");
    Phone second = peers.phone("several");
    Phone third = peers.phone("several");
    assertThat(Stream.of(first, second, third).map(Phone::connId)).doesNotHaveDuplicates();

    second.peer().sendClose(4000, "");
    binary.expect(second.closeNotice(4000));
    for (Phone phone : List.of(first, third)) {
      binary.send(phone.envelope("\"still here\""));
      phone.peer().expect("\"still here\"").expectNothingMore();
    }
  }

  @Test
  void clientEndpointDeviceNameOptionalHandlerAccepts() {
    peers.binary("nameless");
    peers.phone("nameless", peers.dialPhone("nameless").without("x-pyrycode-device-name"));
    assertThat(peers.log().await("phone_registered", "nameless").values())
        .containsEntry("device_name", "");
  }

  @Test
  void clientEndpointAtCap4429() {
    TestPeer binary = peers.binary("full");
    List<Phone> phones = Stream.generate(() -> peers.phone("full")).limit(CAP).toList();

    peers
        .upgrade(peers.dialPhone("full"))
        .expectClose(4429, "too many phones for server-id")
        .expectEnd();

    assertThat(peers.log().of("phone_register_at_cap", "full"))
        .singleElement()
        .satisfies(line -> assertThat(line.values()).containsOnlyKeys("server_id", "remote"));
    for (Phone phone : phones) {
      binary.send(phone.envelope("1"));
      phone.peer().expect("1");
    }
    phones.getFirst().peer().sendClose(1000, "");
    peers.log().await("phone_unregistered", "full");
    peers.phone("full");
  }

  @Test
  void clientEndpointPhoneQueueDeliversAndStopsOnDisconnect() {
    TestPeer binary = peers.binary("queue");
    Phone phone = peers.phone("queue");
    for (String frame : List.of("1", "2", "3")) {
      binary.send(phone.envelope(frame));
    }
    phone.peer().expect("1").expect("2").expect("3");

    phone.peer().drop();
    peers.log().await("phone_unregistered", "queue");
    binary.expect(phone.closeNotice(1001));
    peers.sendUntilUnknown(binary, "queue", phone);
  }

  @Test
  void clientEndpointPhoneCloseNotifiesBinary() {
    TestPeer binary = peers.binary("notice");
    Phone phone = peers.phone("notice");
    phone.peer().send("\"last\"").sendClose(4123, "bye").expectClose(4123, "bye");

    binary.expect(phone.envelope("\"last\"")).expect(phone.closeNotice(4123));
    peers.log().await("phone_unregistered", "notice");
    binary.expectNothingMore();
  }

  @Test
  void clientEndpointPhoneDropNotifiesBinaryGoingAway() {
    TestPeer binary = peers.binary("dropped");
    Phone phone = peers.phone("dropped");
    phone.peer().drop();

    binary.expect(phone.closeNotice(1001));
    peers.log().await("phone_unregistered", "dropped");
    binary.expectNothingMore();
  }

  @Test
  void clientEndpointBinaryRequestedCloseNoNotice() {
    TestPeer binary = peers.binary("asked");
    Phone phone = peers.phone("asked");
    binary.send(phone.directive(4401));

    phone.peer().expectClose(4401, "").expectEnd();
    peers.log().await("phone_unregistered", "asked");
    binary.expectNothingMore();
  }

  @Test
  void clientEndpointBinaryReplacedNoNotice() {
    TestPeer old = peers.binary("replaced");
    Phone phone = peers.phone("replaced");
    old.sendClose(1001, "restart").expectClose(1001, "restart");
    peers.log().await("server_released", "replaced");

    TestPeer binary = peers.binary("replaced");
    phone.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
    peers.log().await("phone_unregistered", "replaced");
    binary.expectNothingMore();
  }
}
