package relay.core.noise;

/** What a finished handshake leaves behind: one key for each direction. */
public record Transport(CipherState sending, CipherState receiving) {}
