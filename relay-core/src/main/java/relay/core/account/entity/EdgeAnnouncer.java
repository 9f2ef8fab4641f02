package relay.core.account.entity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import relay.core.account.AccountId;
import relay.core.room.entity.EdgeCommand;

/**
 * Announces to every edge that the receptionist knows, each of which knows its own sockets. An edge
 * can have sockets a little before it is known here: it is told what was announced just before.
 */
public final class EdgeAnnouncer implements AccountAnnouncer {
  /** Longer than news of an edge takes, and shorter than an account takes to have credits again. */
  private static final Duration RECENT = Duration.ofSeconds(10);

  private static final int MOST_RECENT = 1_000;

  private final ActorRef<Message> actor;

  private EdgeAnnouncer(ActorRef<Message> actor) {
    this.actor = actor;
  }

  private sealed interface Message {}

  private record Edges(Set<ActorRef<EdgeCommand>> known) implements Message {}

  private record Announce(ToAccount what) implements Message {}

  /** To be called once on every node that carries accounts or subscriptions. */
  public static EdgeAnnouncer start(ActorSystem<?> system, InstantSource clock) {
    return new EdgeAnnouncer(system.systemActorOf(create(clock), "announcer", Props.empty()));
  }

  @Override
  public void announce(AccountId account, AccountNotice notice) {
    actor.tell(new Announce(new ToAccount(account, notice)));
  }

  private static Behavior<Message> create(InstantSource clock) {
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
          return new Announcing(clock).knowing(Set.of());
        });
  }

  private record Told(ToAccount what, Instant at) {}

  private static final class Announcing {
    private final InstantSource clock;

    /** The oldest first. */
    private final Deque<Told> recent = new ArrayDeque<>();

    Announcing(InstantSource clock) {
      this.clock = clock;
    }

    Behavior<Message> knowing(Set<ActorRef<EdgeCommand>> edges) {
      return Behaviors.receiveMessage(
          message ->
              switch (message) {
                case Edges(var known) -> {
                  known.stream().filter(it -> !edges.contains(it)).forEach(this::catchUp);
                  yield knowing(known);
                }
                case Announce(var what) -> {
                  edges.forEach(edge -> edge.tell(what));
                  remember(what);
                  yield Behaviors.same();
                }
              });
    }

    private void catchUp(ActorRef<EdgeCommand> edge) {
      Instant since = clock.instant().minus(RECENT);
      recent.stream().filter(it -> it.at.isAfter(since)).forEach(it -> edge.tell(it.what));
    }

    private void remember(ToAccount what) {
      if (recent.size() == MOST_RECENT) {
        recent.remove();
      }
      recent.add(new Told(what, clock.instant()));
    }
  }
}
