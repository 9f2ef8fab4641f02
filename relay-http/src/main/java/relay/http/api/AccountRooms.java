package relay.http.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;

/** What the API asks of rooms; never blocks. */
public interface AccountRooms {

  /**
   * Who is in a room now.
   *
   * @param lastSeen when its Mac came or went last, or null
   */
  record Presence(boolean macConnected, boolean phoneConnected, @Nullable Instant lastSeen) {}

  /** What became of a room that was to be forgotten. */
  enum Release {
    RELEASED,
    NOT_FOUND,
    IN_USE
  }

  CompletionStage<Presence> presence(String roomId);

  /** Forgets a room of that account, unless its Mac is connected (TermOnMac 1.11). */
  CompletionStage<Release> release(String roomId, AccountId owner);
}
