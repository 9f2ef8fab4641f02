package relay.core.subscription;

import java.util.List;

/** Whether an account may have one more room. */
public sealed interface RoomVerdict {

  /** It may, or has it already. */
  record Granted(List<SubscriptionEvent> events) implements RoomVerdict {
    public Granted {
      events = List.copyOf(events);
    }
  }

  /** It has as many others as it may have. */
  record LimitReached(int limit, int current) implements RoomVerdict {}
}
