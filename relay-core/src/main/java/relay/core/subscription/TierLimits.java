package relay.core.subscription;

/**
 * What a tier allows.
 *
 * @param creditsPerWindow 0 or less is no limit, which is how clients show it (TermOnMac 1.8)
 * @param maxRooms rooms that an account may have registered at once (TermOnMac 4.10)
 * @param maxSessions told to the Mac, which alone enforces it; below 0 is no limit (3.3)
 */
public record TierLimits(long creditsPerWindow, int maxRooms, int maxSessions) {}
