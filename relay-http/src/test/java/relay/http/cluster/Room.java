package relay.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import relay.http.testing.RelayCluster;
import relay.http.testing.TestPeer;

/** A binary and its phones, wherever they are connected. */
final class Room implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A phone that its binary knows. */
  record Phone(TestPeer peer, String connId) {}

  private final String serverId;
  private final TestPeer binary;
  private final List<Phone> phones = new ArrayList<>();

  private Room(String serverId, TestPeer binary) {
    this.serverId = serverId;
    this.binary = binary;
  }

  /**
   * Claims the server-id on the node with that port. A 101 comes before the room has decided, so
   * that member is asked until the room has an agent, be it another one that is still there.
   */
  static Room claim(RelayCluster.Member asked, int port, String serverId) {
    TestPeer binary = dialBinary(port, serverId);
    awaitDescription(asked, serverId, "\"agent\":{");
    return new Room(serverId, binary);
  }

  /** Asks that member until what operators read of the room has that part. */
  static void awaitDescription(RelayCluster.Member asked, String serverId, String part) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer = "";
    while (!answer.contains(part)) {
      assertThat(System.nanoTime()).as(answer).isLessThan(deadline);
      answer = asked.ops("/relay/rooms/pyrycode/" + serverId);
    }
  }

  static TestPeer dialBinary(int port, String serverId) {
    return TestPeer.dialBinary(port, serverId).patience(PATIENCE).connect().expectHttp(101);
  }

  static TestPeer dialPhone(int port, String serverId) {
    return TestPeer.dialPhone(port, serverId).patience(PATIENCE).connect().expectHttp(101);
  }

  String serverId() {
    return serverId;
  }

  TestPeer binary() {
    return binary;
  }

  /** Lets a phone join on the node with that port, and both sides hear each other. */
  Phone join(int port) {
    TestPeer peer = dialPhone(port, serverId);
    peer.send("\"hello\"");
    String hello = binary.expectText();
    assertThat(hello)
        .startsWith("{\"conn_id\":\"client-" + serverId + "-")
        .endsWith("\",\"frame\":\"hello\"}");
    Phone phone = new Phone(peer, hello.split("\"", -1)[3]);
    phones.add(phone);
    return phone;
  }

  /** Both sides say something and hear what the other said. */
  void talk(Phone phone, String word) {
    phone.peer().send("{\"to\":\"binary\",\"word\":\"" + word + "\"}");
    binary.expect(fromPhone(phone, "{\"to\":\"binary\",\"word\":\"" + word + "\"}"));
    binary.send(toPhone(phone, "{\"to\":\"phone\",\"word\":\"" + word + "\"}"));
    phone.peer().expect("{\"to\":\"phone\",\"word\":\"" + word + "\"}");
  }

  static String fromPhone(Phone phone, String frame) {
    return "{\"conn_id\":\"" + phone.connId() + "\",\"frame\":" + frame + "}";
  }

  static String toPhone(Phone phone, String frame) {
    return fromPhone(phone, frame);
  }

  static String closeNotice(Phone phone, int code) {
    return "{\"conn_id\":\"" + phone.connId() + "\",\"close_code\":" + code + "}";
  }

  static String closeDirective(Phone phone, String lastFrame, int code) {
    return "{\"conn_id\":\"%s\",\"frame\":%s,\"close_code\":%d}"
        .formatted(phone.connId(), lastFrame, code);
  }

  @Override
  public void close() {
    binary.close();
    phones.forEach(phone -> phone.peer().close());
  }
}
