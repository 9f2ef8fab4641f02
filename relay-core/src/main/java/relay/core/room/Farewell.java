package relay.core.room;

/** How a socket that loses its slot is closed, and what the history calls it. */
public record Farewell(int code, String reason, CloseCause cause) {}
