package relay.http.ops;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import relay.core.room.RoomKey;
import relay.core.room.entity.EdgeCommand;

/** Finds the edges with the receptionist each time, so that nothing is kept that could be stale. */
public final class ReceptionistSurvey implements SocketSurvey {
  private final ActorSystem<?> system;
  private final Duration timeout;

  public ReceptionistSurvey(ActorSystem<?> system, Duration timeout) {
    this.system = system;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<List<Report>> socketsOf(List<RoomKey> rooms) {
    return rooms.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : edges().thenCompose(edges -> all(edges, rooms));
  }

  @Override
  public CompletionStage<Report> socketsOn(String node) {
    return edges()
        .thenCompose(
            edges ->
                edges.stream()
                    .filter(edge -> livesOn(name(edge), node))
                    .findFirst()
                    .map(edge -> ask(edge, List.of()))
                    .orElseGet(
                        () ->
                            CompletableFuture.failedFuture(new OpsFailure(OpsError.UNKNOWN_NODE))));
  }

  static boolean livesOn(String edge, String node) {
    return edge.startsWith(node + "/") || edge.contains("@" + node + "/");
  }

  private CompletionStage<List<Report>> all(
      Collection<ActorRef<EdgeCommand>> edges, List<RoomKey> rooms) {
    List<CompletableFuture<Report>> asked =
        edges.stream().map(edge -> ask(edge, rooms).toCompletableFuture()).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> asked.stream().map(CompletableFuture::join).toList());
  }

  private CompletionStage<Report> ask(ActorRef<EdgeCommand> edge, List<RoomKey> rooms) {
    return AskPattern.<EdgeCommand, EdgeCommand.SocketDescriptions>ask(
            edge,
            replyTo -> new EdgeCommand.ListSockets(rooms, replyTo),
            timeout,
            system.scheduler())
        .thenApply(answer -> new Report(name(edge), answer.sockets()))
        .exceptionallyCompose(_ -> unavailable());
  }

  private CompletionStage<Collection<ActorRef<EdgeCommand>>> edges() {
    return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
            system.receptionist(),
            replyTo -> Receptionist.find(EdgeCommand.KEY, replyTo),
            timeout,
            system.scheduler())
        .<Collection<ActorRef<EdgeCommand>>>thenApply(
            listing -> listing.getServiceInstances(EdgeCommand.KEY))
        .exceptionallyCompose(_ -> unavailable());
  }

  /** This node's own receptionist may be the one that gives no answer. */
  private static <T> CompletionStage<T> unavailable() {
    return CompletableFuture.failedFuture(new OpsFailure(OpsError.NODE_UNAVAILABLE));
  }

  private String name(ActorRef<EdgeCommand> edge) {
    return ActorRefResolver.get(system).toSerializationFormat(edge);
  }
}
