package relay.http.socket.pyrycode;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.protocol.pyrycode.ConnId;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.settings.PyrycodeSettings;
import relay.core.sharding.EntityIds;
import relay.http.socket.SocketLimits;
import relay.http.socket.Upgrade;
import relay.http.socket.pyrycode.PyrycodeMeters.Endpoint;
import relay.http.throttle.ConnectionCap;

/**
 * The two upgrade routes (pyrycode 1.1 to 1.3). Every method reaches them, since the dialect's own
 * checks have an answer to each.
 */
public final class PyrycodeRoutes {
  private static final String SERVER = "X-Pyrycode-Server";
  private static final String VERSION = "X-Pyrycode-Version";
  private static final String TOKEN = "X-Pyrycode-Token";
  private static final String DEVICE_NAME = "X-Pyrycode-Device-Name";
  private static final String USER_AGENT = "User-Agent";
  private static final List<String> BINARY_MUST_SEND = List.of(SERVER, VERSION, USER_AGENT);
  private static final List<String> PHONE_MUST_SEND = List.of(SERVER, TOKEN, USER_AGENT);
  private static final int QUEUE_OVERHEAD_BYTES = 64;
  private static final int LONGEST_NAME = 256;

  private final PyrycodePorts ports;
  private final UpgradeGate gate;
  private final SocketLimits binaryLimits;
  private final SocketLimits phoneLimits;

  public PyrycodeRoutes(PyrycodePorts ports, UpgradeGate gate) {
    this.ports = ports;
    this.gate = gate;
    PyrycodeSettings settings = ports.settings();
    this.binaryLimits = limits(settings, settings.binaryQueueBytes(), true);
    this.phoneLimits = limits(settings, settings.outboxBytes(), false);
  }

  private static SocketLimits limits(
      PyrycodeSettings settings, long maxQueuedBytes, boolean pausesSenders) {
    return new SocketLimits(
        settings.maxMessageBytes(),
        maxQueuedBytes,
        QUEUE_OVERHEAD_BYTES,
        pausesSenders,
        settings.messageTimeout(),
        settings.writeTimeout(),
        settings.closeTimeout());
  }

  public Route route() {
    return concat(
        path(
            segment("v1").slash("server"),
            () -> extractRequest(request -> complete(server(request)))),
        path(
            segment("v1").slash("client"),
            () -> extractRequest(request -> complete(client(request)))));
  }

  private HttpResponse server(HttpRequest request) {
    return gate.answer(Endpoint.SERVER, BINARY_MUST_SEND, request, slot -> binary(request, slot));
  }

  private HttpResponse client(HttpRequest request) {
    return gate.answer(Endpoint.CLIENT, PHONE_MUST_SEND, request, slot -> phone(request, slot));
  }

  private Upgrade binary(HttpRequest request, ConnectionCap.Slot slot) {
    String serverId = serverId(request);
    String connId = ConnId.binary(serverId, ports.random());
    String version = shortened(UpgradeGate.header(request, VERSION));
    BinaryCaller caller = new BinaryCaller(serverId, connId, version);
    return new Upgrade(new BinarySocket(ports, caller, slot), binaryLimits);
  }

  /** The token is required, and never looked at. */
  private Upgrade phone(HttpRequest request, ConnectionCap.Slot slot) {
    String serverId = serverId(request);
    String connId = ConnId.phone(serverId, ports.random());
    String deviceName = shortened(readable(UpgradeGate.header(request, DEVICE_NAME)));
    PhoneCaller caller = new PhoneCaller(serverId, connId, deviceName);
    return new Upgrade(new PhoneSocket(ports, caller, slot), phoneLimits);
  }

  /**
   * A room goes by its bounded name from here on: sockets keep it, and every connection of the room
   * is named after it in the journal.
   */
  private static String serverId(HttpRequest request) {
    String given = UpgradeGate.header(request, SERVER);
    return EntityIds.canonical(new RoomKey(Dialect.PYRYCODE, given)).id();
  }

  /** For what is only ever logged, but kept until the room has answered. */
  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** A header's bytes arrive as Latin-1, while phones are named in UTF-8. */
  private static String readable(String header) {
    return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
