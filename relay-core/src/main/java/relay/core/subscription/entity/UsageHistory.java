package relay.core.subscription.entity;

import java.util.List;
import relay.core.subscription.UsageWindow;
import relay.core.wire.ClusterMessage;

/**
 * What an account has spent in the last 30 days beside its bonus, the newest window first; windows
 * in which it spent nothing are left out (TermOnMac 1.9).
 */
public record UsageHistory(List<UsageWindow> windows) implements ClusterMessage {
  public UsageHistory {
    windows = List.copyOf(windows);
  }
}
