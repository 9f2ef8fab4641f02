package relay.http.transport;

import org.apache.pekko.actor.typed.ActorRef;
import relay.core.wire.ClusterMessage;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.core.wire.LinkMessage.FrameCredit;
import relay.core.wire.LinkMessage.TargetCongested;

/** The way back to one lane of another node. */
final class NodePath extends ReturnPath {
  private final ActorRef<ClusterMessage> to;
  private final String self;
  private final Lane lane;

  /** One loop of another edge, and how often its link was begun anew. */
  record Lane(String edge, int number, int generation) {}

  NodePath(LinkLimits limits, ActorRef<ClusterMessage> to, String self, Lane lane) {
    super(limits);
    this.to = to;
    this.self = self;
    this.lane = lane;
  }

  /** The way there: one message a batch. */
  static OutLink.Carrier carrier(EdgeNode node, String edge, int lane, int generation) {
    ActorRef<ClusterMessage> to = node.refs().resolveActorRef(edge);
    return (sequence, wantsCredit, records) ->
        to.tell(new FrameBatch(node.address(), lane, generation, sequence, wantsCredit, records));
  }

  @Override
  boolean leadsTo(String edge) {
    return lane.edge.equals(edge);
  }

  @Override
  void credit(long consumedBytes) {
    to.tell(new FrameCredit(self, lane.number, lane.generation, consumedBytes));
  }

  @Override
  void congested(long socket, boolean isCongested) {
    to.tell(new TargetCongested(self, lane.number, lane.generation, socket, isCongested));
  }
}
