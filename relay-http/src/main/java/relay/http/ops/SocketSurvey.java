package relay.http.ops;

import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.room.RoomKey;
import relay.core.room.entity.EdgeCommand.SocketDescription;

/** The sockets of the cluster, as the nodes that carry them describe them. */
public interface SocketSurvey {

  /** The sockets one edge has; {@code edge} is what a socket's address names it by. */
  record Report(String edge, List<SocketDescription> sockets) {
    public Report {
      sockets = List.copyOf(sockets);
    }
  }

  /** Asks every node for the sockets of these rooms; fails if one gives no answer in time. */
  CompletionStage<List<Report>> socketsOf(List<RoomKey> rooms);

  /**
   * Asks one node for all its sockets.
   *
   * @param node its address, as {@code pekko://relay@host:port} or {@code host:port}
   */
  CompletionStage<Report> socketsOn(String node);
}
