package relay.http.socket.termonmac;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import org.apache.pekko.http.javadsl.server.Route;
import relay.core.settings.TermonmacSettings;
import relay.http.socket.SocketLimits;
import relay.http.socket.Upgrade;

/** The one upgrade route of this dialect (TermOnMac 2.1). */
public final class TermonmacRoute {
  static final String PATH = "/ws";

  private static final int QUEUE_OVERHEAD_BYTES = 64;

  private final TermonmacPorts ports;
  private final UpgradeChecks checks;
  private final SocketLimits ofMacs;
  private final SocketLimits ofOthers;

  public TermonmacRoute(TermonmacPorts ports, UpgradeChecks checks) {
    this.ports = ports;
    this.checks = checks;
    this.ofMacs = limits(ports.settings(), ports.settings().macQueueBytes());
    this.ofOthers = limits(ports.settings(), ports.settings().phoneQueueBytes());
  }

  private static SocketLimits limits(TermonmacSettings settings, long maxQueuedBytes) {
    return new SocketLimits(
        settings.maxBytesToPhone(),
        maxQueuedBytes,
        QUEUE_OVERHEAD_BYTES,
        true,
        settings.messageTimeout(),
        settings.writeTimeout(),
        settings.closeTimeout());
  }

  public Route route() {
    return path(
        PATH.substring(1),
        () -> extractRequest(request -> completeWithFuture(checks.answer(request, this::upgrade))));
  }

  private Upgrade upgrade(UpgradeChecks.Passed passed) {
    return new Upgrade(
        new TermonmacSocket(ports, passed.caller(), passed.arrival(), passed.slot()),
        passed.arrival().hint() == Arrival.Hint.MAC ? ofMacs : ofOthers);
  }
}
