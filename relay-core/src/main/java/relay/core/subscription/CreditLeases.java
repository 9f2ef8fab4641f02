package relay.core.subscription;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Credits that sockets may spend before they report, of this moment only: no lease survives its
 * subscription's actor.
 *
 * <p>A socket whose lease was lost or has timed out may still spend it, so that an account's usage
 * may pass its limit by one lease for each socket that lives, and by no more.
 */
public record CreditLeases(List<Lease> all) {
  public static final CreditLeases NONE = new CreditLeases(List.of());

  private static final long MOST_OF_PLENTY = 1_000_000;

  /** What one socket may spend, and since when. */
  public record Lease(MeterId meter, long credits, Instant since) {}

  public CreditLeases {
    all = List.copyOf(all);
  }

  /** Without those that have timed out: their sockets have ended, or spend nothing. */
  public CreditLeases at(Instant now, SubscriptionPolicy.LeaseTerms terms) {
    return new CreditLeases(
        all.stream().filter(it -> it.since().plus(terms.timeout()).isAfter(now)).toList());
  }

  /** Whether so few sockets have leases that this one may have one too. */
  public boolean hasPlaceFor(MeterId meter) {
    return others(meter).count() < Usage.MAX_METERS;
  }

  /**
   * How much a socket may spend: near the limit less and less, so that all sockets get something of
   * what is left, and at least one credit as long as the account is not exhausted. Who has plenty
   * left may lease a hundredth of it, since each lease waits for a write.
   */
  public long offer(MeterId meter, long want, Balance balance, int maxCredits) {
    long leased = others(meter).mapToLong(Lease::credits).sum();
    long free = Math.max(0, balance.available() - leased);
    long share = Math.max(1, free / (2 * (others(meter).count() + 1)));
    long most = Math.max(maxCredits, Math.min(free / 100, MOST_OF_PLENTY));
    return balance.isExhausted() ? 0 : Math.min(Math.max(0, want), Math.min(most, share));
  }

  /** The socket's lease is that much from now on; with 0 credits it has none. */
  public CreditLeases with(MeterId meter, long credits, Instant now) {
    Stream<Lease> own = credits == 0 ? Stream.empty() : Stream.of(new Lease(meter, credits, now));
    return new CreditLeases(Stream.concat(others(meter), own).toList());
  }

  private Stream<Lease> others(MeterId meter) {
    return all.stream().filter(it -> !it.meter().equals(meter));
  }
}
