package relay.core.room.entity;

import java.time.Instant;
import relay.core.room.Arbiter;
import relay.core.room.Claim;
import relay.core.room.Verdict;

/** Puts it to the rules when a socket asks for a slot, with credentials or without. */
final class Attachments {
  private Attachments() {}

  static Verdict of(RoomCommand.AttachAgent asked, Arbiter arbiter, Instant now) {
    Claim claim = new Claim(asked.socket(), asked.connection(), asked.grantedEpoch());
    return asked.registration() == null
        ? arbiter.attachAgent(claim, now)
        : arbiter.register(claim, asked.registration(), now);
  }

  static Verdict of(RoomCommand.AttachPhone asked, Arbiter arbiter, Instant now) {
    Claim claim = new Claim(asked.socket(), asked.connection(), asked.grantedEpoch());
    return asked.join() == null
        ? arbiter.attachPhone(claim, now)
        : arbiter.join(claim, asked.join(), now);
  }
}
