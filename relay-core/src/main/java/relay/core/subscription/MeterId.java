package relay.core.subscription;

/**
 * Names a socket that spends credits: its node's edge and its number there. It is never used again.
 */
public record MeterId(String edge, long socket) {}
