package relay.core.subscription;

import java.time.Instant;

/** A notification of the store that is not handled again (TermOnMac 5.3). */
public record HandledNotification(String uuid, Instant at) {}
