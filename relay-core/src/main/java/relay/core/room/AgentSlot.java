package relay.core.room;

import java.time.Instant;

/** The one place for an agent that a room has. */
public sealed interface AgentSlot {

  /** Nobody holds it. */
  record Vacant() implements AgentSlot {}

  /** A socket holds it. */
  record Held(Slot slot) implements AgentSlot {}

  /** Its agent left and is waited for (pyrycode 4.3); once the time is past it is free. */
  record Away(Instant until) implements AgentSlot {}
}
