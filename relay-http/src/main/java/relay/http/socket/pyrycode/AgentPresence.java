package relay.http.socket.pyrycode;

import relay.core.room.entity.RoomNotice;
import relay.http.socket.Asking;
import relay.http.socket.Socket;
import relay.http.socket.Target;

/** What a phone has heard last about its binary. */
sealed interface AgentPresence {

  /** Nothing yet. */
  record Unknown() implements AgentPresence {}

  /** It is there, and takes frames. */
  record Present(long epoch, Target agent) implements AgentPresence {}

  /**
   * It is away, and its server-id waits for it.
   *
   * @param askAt when to ask the room whether the grace is over
   */
  record Away(long epoch, long graceEndsAt, long askAt) implements AgentPresence {
    Away askedAt(long now) {
      return new Away(epoch, graceEndsAt, now + Asking.AGAIN_MILLIS);
    }
  }

  static AgentPresence of(RoomNotice.PhoneGranted granted, Socket socket) {
    return granted.agent() == null
        ? away(granted.epoch(), granted.graceMillis(), socket.now())
        : new Present(granted.epoch(), socket.target(granted.agent()));
  }

  static AgentPresence of(RoomNotice.AgentLeft left, Socket socket) {
    return away(left.epoch(), left.graceMillis(), socket.now());
  }

  private static Away away(long epoch, long graceMillis, long now) {
    return new Away(epoch, now + graceMillis, now + graceMillis);
  }

  /** Whether frames of that epoch come from the binary meant here. */
  default boolean isOfEpoch(long epoch) {
    return switch (this) {
      case Unknown _ -> false;
      case Present present -> present.epoch == epoch;
      case Away away -> away.epoch == epoch;
    };
  }

  /** When this calls for a question to the room. */
  default long nextDue() {
    return this instanceof Away away ? away.askAt : Long.MAX_VALUE;
  }

  /**
   * The later one of what was heard before and what is heard now. News reach a phone on several
   * ways and may overtake each other: a higher epoch is later, and within one epoch a binary is
   * first there and then away.
   */
  default AgentPresence then(AgentPresence news) {
    return switch (this) {
      case Unknown _ -> news;
      case Present present -> news.isBefore(present.epoch) ? this : news;
      case Away away -> news.isBefore(away.epoch) || news.isPresentIn(away.epoch) ? this : news;
    };
  }

  private boolean isBefore(long epoch) {
    return switch (this) {
      case Unknown _ -> true;
      case Present present -> present.epoch < epoch;
      case Away away -> away.epoch < epoch;
    };
  }

  private boolean isPresentIn(long epoch) {
    return this instanceof Present present && present.epoch == epoch;
  }
}
