package relay.core.room.entity;

import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.wire.ClusterMessage;

/** What a node's edge actor is told: notices for its sockets, questions about them, frames. */
public interface EdgeCommand extends ClusterMessage {
  /** Under this key every edge of the cluster registers with the receptionist. */
  ServiceKey<EdgeCommand> KEY = ServiceKey.create(EdgeCommand.class, "edge");

  /** A recovered room asks which of these sockets still live and belong to it. */
  record AskLive(RoomKey room, List<Long> sockets, ActorRef<RoomCommand> replyTo)
      implements EdgeCommand {}

  /** Asks what is known of these sockets; unknown numbers are left out of the answer. */
  record DescribeSockets(List<Long> sockets, ActorRef<SocketDescriptions> replyTo)
      implements EdgeCommand {}

  /** Asks which of these rooms have sockets here; an empty list asks for every room that has. */
  record ListSockets(List<RoomKey> rooms, ActorRef<SocketDescriptions> replyTo)
      implements EdgeCommand {}

  /** Answer to both questions, at most 10,000 sockets; {@code node} is the node's address. */
  record SocketDescriptions(String node, List<SocketDescription> sockets)
      implements ClusterMessage {}

  /** One live socket: whose it is, since when, and what it has moved; bytes are payload bytes. */
  record SocketDescription(
      long socket,
      RoomKey room,
      Role role,
      Instant since,
      long framesIn,
      long bytesIn,
      long framesOut,
      long bytesOut)
      implements ClusterMessage {}
}
