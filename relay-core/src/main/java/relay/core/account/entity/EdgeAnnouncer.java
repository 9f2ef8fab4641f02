package relay.core.account.entity;

import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import relay.core.account.AccountId;
import relay.core.room.entity.EdgeCommand;

/** Announces to every edge that the receptionist knows, each of which knows its own sockets. */
public final class EdgeAnnouncer implements AccountAnnouncer {
  private final ActorRef<Message> actor;

  private EdgeAnnouncer(ActorRef<Message> actor) {
    this.actor = actor;
  }

  private sealed interface Message {}

  private record Edges(Set<ActorRef<EdgeCommand>> known) implements Message {}

  private record Announce(ToAccount what) implements Message {}

  /** To be called once on every node that carries accounts or subscriptions. */
  public static EdgeAnnouncer start(ActorSystem<?> system) {
    return new EdgeAnnouncer(system.systemActorOf(create(), "announcer", Props.empty()));
  }

  @Override
  public void announce(AccountId account, AccountNotice notice) {
    actor.tell(new Announce(new ToAccount(account, notice)));
  }

  private static Behavior<Message> create() {
    return Behaviors.setup(
        context -> {
          ActorRef<Receptionist.Listing> listings =
              context.messageAdapter(
                  Receptionist.Listing.class,
                  listing -> new Edges(listing.getServiceInstances(EdgeCommand.KEY)));
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.subscribe(EdgeCommand.KEY, listings));
          return knowing(Set.of());
        });
  }

  private static Behavior<Message> knowing(Set<ActorRef<EdgeCommand>> edges) {
    return Behaviors.receiveMessage(
        message ->
            switch (message) {
              case Edges(var known) -> knowing(known);
              case Announce(var what) -> {
                edges.forEach(edge -> edge.tell(what));
                yield Behaviors.same();
              }
            });
  }
}
