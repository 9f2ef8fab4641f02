package relay.http.app;

import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.sharding.EntityIds;
import relay.http.api.AccountRooms;
import relay.http.ops.RoomQuestions;

/** Asks TermOnMac's rooms what the HTTP API wants to know of them. */
final class RoomsOfAccounts implements AccountRooms {
  private final RoomQuestions questions;

  RoomsOfAccounts(RoomQuestions questions) {
    this.questions = questions;
  }

  @Override
  public CompletionStage<Presence> presence(String roomId) {
    return questions
        .describe(key(roomId))
        .thenApply(
            room -> new Presence(room.agent() != null, !room.phones().isEmpty(), room.lastSeen()));
  }

  @Override
  public CompletionStage<Release> release(String roomId, AccountId owner) {
    return questions
        .release(key(roomId), owner)
        .thenApply(
            answer ->
                switch (answer) {
                  case RELEASED -> Release.RELEASED;
                  case NOT_FOUND -> Release.NOT_FOUND;
                  case IN_USE -> Release.IN_USE;
                });
  }

  private static RoomKey key(String roomId) {
    return EntityIds.canonical(new RoomKey(Dialect.TERMONMAC, roomId));
  }
}
