package relay.core.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an account has spent, and which sockets have reported it.
 *
 * @param windows of the last 30 days in which something was spent, oldest first
 * @param bonusUse of the latest bonus of which something was used, or null
 * @param carried duration that makes no whole credit yet, in 60,000ths of a credit
 * @param meters of sockets that reported lately
 */
public record Usage(
    List<UsageWindow> windows, @Nullable BonusUse bonusUse, long carried, List<Meter> meters) {
  static final Usage NONE = new Usage(List.of(), null, 0, List.of());

  /** TermOnMac 6.2 keeps 30 days. */
  static final long WINDOWS_KEPT = Duration.ofDays(30).dividedBy(UsageWindow.LENGTH);

  /** Twice as many as the sockets of 32 rooms. */
  static final int MAX_METERS = 128;

  /** How long a socket that reports nothing keeps its place from those that need one. */
  static final Duration METER_KEPT = Duration.ofMinutes(2);

  public Usage {
    windows = List.copyOf(windows);
    meters = List.copyOf(meters);
  }

  UsageWindow windowAt(Instant now) {
    long number = UsageWindow.numberAt(now);
    return windows.stream()
        .filter(it -> it.number() == number)
        .findFirst()
        .orElseGet(() -> UsageWindow.unused(number));
  }

  /** Newest first. */
  List<UsageWindow> historyAt(Instant now) {
    long oldest = UsageWindow.numberAt(now) - WINDOWS_KEPT;
    return windows.reversed().stream().filter(it -> it.number() > oldest).toList();
  }

  long usedOf(WelcomeBonus bonus) {
    return bonusUse != null && bonusUse.isOf(bonus) ? bonusUse.credits() : 0;
  }

  boolean hasCounted(MeterId meter, long sequence) {
    return meters.stream().anyMatch(it -> it.id().equals(meter) && it.sequence() >= sequence);
  }

  /** Whether a socket has reported something, and not that this was all. */
  boolean isCounting(MeterId meter) {
    return meters.stream().anyMatch(it -> it.id().equals(meter) && !it.isEnded());
  }

  /** Whether a meter may be counted without forgetting one that may still repeat itself. */
  boolean hasPlaceFor(MeterId meter, Instant now) {
    return meters.size() < MAX_METERS
        || meters.stream().anyMatch(it -> it.id().equals(meter) || isForgettable(it, now));
  }

  Usage after(SubscriptionEvent.CreditsSpent event) {
    UsageWindow window = windowAt(event.at()).plus(event.credits(), event.at());
    return new Usage(
        event.credits().total() == 0 ? windows : with(window),
        useAfter(event.bonus()),
        event.carried(),
        with(event.meter(), event.at()));
  }

  private @Nullable BonusUse useAfter(@Nullable BonusUse more) {
    if (more == null) {
      return bonusUse;
    }
    long before =
        bonusUse != null && bonusUse.grantedAt().equals(more.grantedAt()) ? bonusUse.credits() : 0;
    return new BonusUse(more.grantedAt(), before + more.credits());
  }

  private List<UsageWindow> with(UsageWindow window) {
    List<UsageWindow> next = new ArrayList<>(windows);
    next.removeIf(
        it -> it.number() == window.number() || it.number() <= window.number() - WINDOWS_KEPT);
    next.add(window);
    next.sort(Comparator.comparingLong(UsageWindow::number));
    return next;
  }

  private List<Meter> with(Meter meter, Instant now) {
    List<Meter> next = new ArrayList<>(meters);
    next.removeIf(it -> it.id().equals(meter.id()));
    if (next.size() == MAX_METERS) {
      Optional<Meter> idlest =
          next.stream()
              .min(
                  Comparator.comparing((Meter it) -> !isForgettable(it, now))
                      .thenComparing(Meter::reportedAt));
      next.remove(idlest.orElseThrow());
    }
    next.add(meter);
    return next;
  }

  private static boolean isForgettable(Meter meter, Instant now) {
    return meter.isEnded() || !meter.reportedAt().plus(METER_KEPT).isAfter(now);
  }
}
