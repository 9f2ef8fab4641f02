package relay.core.room;

import java.time.Duration;

/** Whose a room's phones are, and so what becomes of them when its agent leaves or is replaced. */
public sealed interface PhoneRules {

  /**
   * They are one agent's: without one they are refused, past the cap too; they wait for it while
   * its claim is kept, and go with it (pyrycode 4.2, 4.3).
   *
   * @param max how many there may be; 0 or less means no cap
   * @param grace how long an agent's claim outlives its connection
   * @param reclaimed what a phone is told whose agent was replaced
   * @param expired what a phone is told whose agent did not come back
   */
  record OfAgent(int max, Duration grace, Farewell reclaimed, Farewell expired)
      implements PhoneRules {}

  /**
   * There is one, and it is the room's, which its agent registers and it joins with proof: it waits
   * for an agent as long as it likes, stays when one leaves, and is introduced to the next; a newer
   * one takes its place (TermOnMac 4.5, 4.6).
   *
   * <p>A phone that comes begins an epoch too, so that nothing said to its predecessor, or by it,
   * is taken for its own.
   *
   * @param replaced what a phone is told whose slot another one took
   * @param rejected what a phone is told that its agent will not meet (TermOnMac 9.3)
   */
  record OfRoom(Farewell replaced, Farewell rejected) implements PhoneRules {}
}
