package relay.http.transport;

import io.netty.channel.EventLoop;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;

/** What all sockets of this node share. */
record EdgeNode(
    ActorRef<ClusterMessage> actor,
    String address,
    ActorRefResolver refs,
    SocketTable sockets,
    EdgeLoops loops,
    LinkLimits limits,
    TransportMeters meters,
    InstantSource clock) {

  SocketAddress nextAddress() {
    return new SocketAddress(address, sockets.nextNumber());
  }

  EdgeLoop loopOf(EventLoop eventLoop) {
    return loops.of(eventLoop, index -> new EdgeLoop(this, eventLoop, index));
  }
}
