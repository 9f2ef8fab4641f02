package relay.core.subscription;

import java.util.List;

/** What becomes of something the store has said, and the events that make it so. */
public record StoreVerdict(StoreOutcome outcome, List<SubscriptionEvent> events) {
  public StoreVerdict {
    events = List.copyOf(events);
  }

  static StoreVerdict without(StoreOutcome outcome) {
    return new StoreVerdict(outcome, List.of());
  }
}
