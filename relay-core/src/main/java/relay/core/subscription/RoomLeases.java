package relay.core.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rooms an account has registered, longest ago first. One whose Mac has been away too long does
 * not count, and is dropped when another one is registered (TermOnMac 4.10).
 */
public record RoomLeases(List<RoomLease> all) {
  static final RoomLeases NONE = new RoomLeases(List.of());

  /** A Mac that reconnects all the time is not written down each time. */
  static final Duration PRECISION = Duration.ofSeconds(30);

  public RoomLeases {
    all = List.copyOf(all);
  }

  List<RoomLease> validAt(Instant now, Duration kept) {
    return all.stream().filter(it -> isValid(it, now, kept)).toList();
  }

  /** A room that is there already is let in, however many there are. */
  RoomVerdict acquire(String roomId, Terms terms, Instant now) {
    Optional<RoomLease> held = lease(roomId).filter(it -> isValid(it, now, terms.kept()));
    if (held.isPresent()) {
      return new RoomVerdict.Granted(seen(held.get(), now));
    }
    int current = validAt(now, terms.kept()).size();
    if (current >= terms.limit()) {
      return new RoomVerdict.LimitReached(terms.limit(), current);
    }
    Stream<SubscriptionEvent> expired =
        all.stream()
            .filter(it -> !isValid(it, now, terms.kept()) && !it.roomId().equals(roomId))
            .map(it -> new SubscriptionEvent.RoomReleased(it.roomId(), now));
    return new RoomVerdict.Granted(
        Stream.concat(expired, Stream.of(new SubscriptionEvent.RoomLeased(roomId, now))).toList());
  }

  /**
   * @param limit most rooms that may be valid at once
   * @param kept how long a room is valid after its Mac was last there
   */
  record Terms(int limit, Duration kept) {}

  /** The Mac leaves: the lease ends as long after this moment as after any other. */
  List<SubscriptionEvent> leave(String roomId, Instant now) {
    return lease(roomId)
        .filter(it -> now.isAfter(it.seenAt()))
        .<List<SubscriptionEvent>>map(_ -> List.of(new SubscriptionEvent.RoomSeen(roomId, now)))
        .orElse(List.of());
  }

  List<SubscriptionEvent> release(String roomId, Instant now) {
    return lease(roomId).isPresent()
        ? List.of(new SubscriptionEvent.RoomReleased(roomId, now))
        : List.of();
  }

  RoomLeases with(RoomLease lease) {
    List<RoomLease> next = new ArrayList<>(without(lease.roomId()).all);
    next.add(lease);
    return new RoomLeases(next);
  }

  RoomLeases seen(String roomId, Instant now) {
    return new RoomLeases(
        all.stream()
            .map(it -> it.roomId().equals(roomId) ? new RoomLease(roomId, it.createdAt(), now) : it)
            .toList());
  }

  RoomLeases without(String roomId) {
    return new RoomLeases(all.stream().filter(it -> !it.roomId().equals(roomId)).toList());
  }

  private Optional<RoomLease> lease(String roomId) {
    return all.stream().filter(it -> it.roomId().equals(roomId)).findFirst();
  }

  private static List<SubscriptionEvent> seen(RoomLease lease, Instant now) {
    return lease.seenAt().plus(PRECISION).isAfter(now)
        ? List.of()
        : List.of(new SubscriptionEvent.RoomSeen(lease.roomId(), now));
  }

  private static boolean isValid(RoomLease lease, Instant now, Duration kept) {
    return now.isBefore(lease.seenAt().plus(kept));
  }
}
