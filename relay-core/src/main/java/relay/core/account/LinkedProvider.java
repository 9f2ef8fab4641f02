package relay.core.account;

import java.time.Instant;

/** A provider somebody can sign in with. */
public record LinkedProvider(Identity identity, Instant since) {}
