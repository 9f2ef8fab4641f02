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

/** {@code forward_test.go}: what a frame goes through on its way from peer to peer. */
class ForwardIT {
  private static final String UNREADABLE = "binary_forwarder_unmarshal_err";

  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();

  @RegisterExtension final Peers peers = new Peers(RELAY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"AAEC/+==\"}",
        "{ \"spaced\" : [ 1 , 2 ] }",
        "\"<script>&\\u2028\\u0041 κόσμε 🦀\"",
        "{\"conn_id\":\"somebody-else\",\"close_code\":4401}",
        "-1.5e300",
        "null"
      })
  void startPhoneForwarderForwardsFramesBytewise(String frame) {
    TestPeer binary = peers.binary("bytes");
    Phone phone = peers.phone("bytes");
    phone.peer().send(frame);
    binary.expect(phone.envelope(frame)).sendClose(1000, "");
    peers.log().await("server_released", "bytes");
  }

  @Test
  void startPhoneForwarderPhoneDisconnectLeavesRegistryCleanable() {
    TestPeer binary = peers.binary("cleanable");
    Phone phone = peers.phone("cleanable");
    phone.peer().sendStartOf("\"cut\"", 4).drop();
    binary.expect(phone.closeNotice(1001));
    assertThat(peers.log().await("phone_forwarder_read_end", "cleanable").value("conn_id"))
        .isEqualTo(phone.connId());
    peers.log().await("phone_unregistered", "cleanable");

    Phone next = peers.phone("cleanable");
    next.peer().send("1");
    binary.expect(next.envelope("1"));
  }

  @Test
  void startPhoneForwarderNoBinaryReturnsNil() {
    TestPeer binary = peers.binary("away");
    Phone talks = peers.phone("away");
    Phone listens = peers.phone("away");
    binary.sendClose(1000, "");
    peers.log().await("server_released", "away");

    talks.peer().send("\"anybody?\"").expectClose(1000, "").expectEnd();
    LogLines.Line failed = peers.log().await("phone_forwarder_send_failed", "away");
    assertThat(failed.value("conn_id")).isEqualTo(talks.connId());
    listens.peer().expectNothingMore();
  }

  @Test
  void startPhoneForwarderNonJsonFrameTearsDown() {
    TestPeer binary = peers.binary("json");
    Phone phone = peers.phone("json");
    Phone sibling = peers.phone("json");
    phone.peer().send("1").send("{SECRET").send("2").expectClose(1000, "").expectEnd();

    binary.expect(phone.envelope("1")).expect(phone.closeNotice(1000));
    sibling.peer().send("3");
    binary.expect(sibling.envelope("3"));
    assertThat(peers.log().of("phone_forwarder_marshal_err", "json"))
        .singleElement()
        .extracting(LogLines.Line::level)
        .isEqualTo("WARN");
    assertThat(peers.log().all().toString()).doesNotContain("SECRET");
  }

  @Test
  void startBinaryForwarderRoutesToAddressedPhone() {
    TestPeer binary = peers.binary("addressed");
    Phone addressed = peers.phone("addressed");
    Phone other = peers.phone("addressed");
    binary.send(addressed.envelope(" { \"exactly\" : [ \"these\\u0020bytes\" ] } "));
    addressed.peer().expect("{ \"exactly\" : [ \"these\\u0020bytes\" ] }");
    other.peer().expectNothingMore();
  }

  @Test
  void startBinaryForwarderMultiplePhones() {
    TestPeer binary = peers.binary("many");
    List<Phone> phones = Stream.generate(() -> peers.phone("many")).limit(16).toList();
    for (int round = 0; round < 3; round++) {
      for (Phone phone : phones) {
        binary.send(phone.envelope("\"" + round + ' ' + phone.connId() + '"'));
      }
    }
    for (Phone phone : phones) {
      for (int round = 0; round < 3; round++) {
        phone.peer().expect("\"" + round + ' ' + phone.connId() + '"');
      }
      phone.peer().expectNothingMore();
    }
  }

  @Test
  void startBinaryForwarderUnknownConnIdDropsAndContinues() {
    TestPeer binary = peers.binary("unknown");
    Phone phone = peers.phone("unknown");
    peers.binary("neighbour");
    Phone neighbours = peers.phone("neighbour");

    binary.send("{\"conn_id\":\"client-unknown-00000000\",\"frame\":1}");
    assertThat(peers.log().await("binary_forwarder_unknown_conn_id", "unknown").level())
        .isEqualTo("WARN");
    binary.send(neighbours.envelope("2")).send(neighbours.directive(4401));
    binary.send(phone.envelope("3"));
    phone.peer().expect("3").expectNothingMore();
    neighbours.peer().expectNothingMore();
  }

  @Test
  void startBinaryForwarderMalformedEnvelopeDropsAndContinues() {
    TestPeer binary = peers.binary("malformed");
    Phone phone = peers.phone("malformed");
    List<String> bad =
        List.of(
            "not json",
            "[]",
            "{\"frame\":1}",
            "{\"conn_id\":\"\",\"frame\":1}",
            "{\"conn_id\":\"" + phone.connId() + "\"}",
            phone.directive(0),
            phone.directive(65_536),
            "{\"conn_id\":\"" + phone.connId() + "\",\"frame\":1,\"close_code\":\"1000\"}");
    bad.forEach(binary::send);
    binary.send(phone.envelope("\"good\""));
    phone.peer().expect("\"good\"").expectNothingMore();

    assertThat(peers.log().of(UNREADABLE, "malformed"))
        .hasSize(bad.size())
        .allSatisfy(line -> assertThat(line.level()).isEqualTo("WARN"));
  }

  @Test
  void startBinaryForwarderCloseDirectiveNoFrameClosesPhone() {
    TestPeer binary = peers.binary("directive");
    Phone phone = peers.phone("directive");
    Phone sibling = peers.phone("directive");
    binary.send(phone.directive(4408)).send(sibling.envelope("1"));

    phone.peer().expectClose(4408, "").expectEnd();
    sibling.peer().expect("1");
    assertThat(peers.log().await("binary_forwarder_phone_closed", "directive").values())
        .containsEntry("conn_id", phone.connId())
        .containsEntry("close_code", "4408");
  }

  @Test
  void startBinaryForwarderCloseDirectiveWithFrameForwardsThenCloses() {
    TestPeer binary = peers.binary("farewell");
    Phone phone = peers.phone("farewell");
    binary.send(phone.directive("{\"error\":\"auth.invalid_token\"}", 4401));
    phone.peer().expect("{\"error\":\"auth.invalid_token\"}").expectClose(4401, "").expectEnd();
  }

  @Test
  void startBinaryForwarderPhoneSendErrorDropsAndContinues() {
    TestPeer binary = peers.binary("closing");
    Phone phone = peers.phone("closing");
    Phone sibling = peers.phone("closing");
    phone.peer().ignoreClose();
    binary.send(phone.directive(4410)).send(phone.envelope("\"too late\""));
    binary.send(sibling.envelope("1"));

    sibling.peer().expect("1");
    phone.peer().expectClose(4410, "");
    LogLines.Line failed = peers.log().await("binary_forwarder_phone_enqueue_failed", "closing");
    assertThat(failed.value("conn_id")).isEqualTo(phone.connId());
  }

  @Test
  void startBinaryForwarderBinaryDisconnectReturns() {
    peers.binary("gone").drop();
    assertThat(peers.log().await("binary_forwarder_read_end", "gone").value("binary_conn_id"))
        .startsWith("server-gone-");
    peers.log().await("server_released", "gone");
  }

  @Test
  void startBinaryForwarderPushWakeDropsAndContinuesWherePushIsOff() {
    TestPeer binary = peers.binary("wakes");
    Phone phone = peers.phone("wakes");
    String wake = "\"push_wake\":{\"platform\":\"fcm\",\"token\":\"SECRET\"}";
    binary.send("{" + wake + "}");
    assertThat(peers.log().await("binary_forwarder_push_wake_dropped", "wakes").value("err"))
        .isEqualTo("push is off");
    binary.send("{\"conn_id\":\"" + phone.connId() + "\",\"frame\":1," + wake + "}");
    phone.peer().expect("1");
    assertThat(peers.log().all().toString()).doesNotContain("SECRET");
  }
}
