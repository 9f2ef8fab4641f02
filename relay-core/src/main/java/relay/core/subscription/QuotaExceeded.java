package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is relayed for the account any more until then (TermOnMac 3.11).
 *
 * @param usage credits of this window, the bonus not counted
 * @param period such as {@code 5h-98568}
 * @param bonus null where none was ever granted
 */
public record QuotaExceeded(
    long usage, long limit, String period, Instant resetsAt, Balance.@Nullable Bonus bonus) {}
