package relay.core.subscription;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the store has said of an account's purchases. Each transaction and each subscription counts
 * as it was said last, so the order in which it is heard makes no difference.
 */
public record Purchases(List<Purchase> transactions, List<Ending> endings) {
  static final Purchases NONE = new Purchases(List.of(), List.of());

  /** Far beyond what one person buys at a time; past it the least useful is forgotten. */
  static final int MAX = 32;

  public Purchases {
    transactions = List.copyOf(transactions);
    endings = List.copyOf(endings);
  }

  /** The best of what is paid for. */
  Optional<Entitlement> entitlementAt(Instant now) {
    return transactions.stream()
        .filter(it -> isInForce(it) && !it.isExpiredAt(now))
        .map(Purchase::entitlement)
        .reduce(Entitlement::orBetter);
  }

  /** Whether a purchase changes what is known: nothing newer was said of it. */
  boolean isNews(Purchase said) {
    return !isEndedSince(said)
        && transactions.stream()
            .filter(it -> it.transaction().equals(said.transaction()))
            .allMatch(said::overrides);
  }

  /** Whether an ending changes what is known: its subscription is not known to end later. */
  boolean isNews(Ending said) {
    return endings.stream()
        .noneMatch(
            it ->
                it.subscription().equals(said.subscription())
                    && !it.signedAt().isBefore(said.signedAt()));
  }

  /** Whether something of that subscription was paid for since. */
  boolean isPaidSince(Ending said) {
    return transactions.stream()
        .anyMatch(
            it ->
                it.subscription().equals(said.subscription())
                    && it.signedAt().isAfter(said.signedAt()));
  }

  Purchases with(Purchase purchase) {
    Stream<Purchase> others =
        transactions.stream().filter(it -> !it.transaction().equals(purchase.transaction()));
    return new Purchases(
        bounded(Stream.concat(others, Stream.of(purchase)), Purchases::leastUseful), endings);
  }

  Purchases with(Ending ending) {
    Stream<Ending> others =
        endings.stream().filter(it -> !it.subscription().equals(ending.subscription()));
    return new Purchases(
        transactions,
        bounded(
            Stream.concat(others, Stream.of(ending)),
            it -> it.min(Comparator.comparing(Ending::signedAt))));
  }

  private boolean isInForce(Purchase purchase) {
    return !purchase.isRevoked() && !isEndedSince(purchase);
  }

  private boolean isEndedSince(Purchase purchase) {
    return endings.stream()
        .anyMatch(
            it ->
                it.subscription().equals(purchase.subscription())
                    && !it.signedAt().isBefore(purchase.signedAt()));
  }

  /** The first to expire; a revocation is kept longer, lest what it revokes be heard again. */
  private static Optional<Purchase> leastUseful(Stream<Purchase> purchases) {
    return purchases.min(
        Comparator.comparing(Purchase::isRevoked)
            .thenComparing(Purchase::expiresAt, Comparator.nullsLast(Comparator.naturalOrder())));
  }

  private static <T> List<T> bounded(
      Stream<T> items, Function<Stream<T>, Optional<T>> leastUseful) {
    List<T> all = items.toList();
    if (all.size() <= MAX) {
      return all;
    }
    Optional<T> dropped = leastUseful.apply(all.stream());
    return all.stream().filter(it -> !dropped.equals(Optional.of(it))).toList();
  }
}
