package relay.http.socket;

import relay.core.room.CloseCause;

/**
 * How a connection ended.
 *
 * @param code the close code that was used or received; 1005 for a close frame without one, 0 where
 *     no close frame was seen or sent
 */
public record Closure(CloseCause cause, int code) {}
