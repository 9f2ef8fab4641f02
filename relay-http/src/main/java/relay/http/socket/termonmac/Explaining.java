package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.room.entity.RoomNotice;

/**
 * A phone is to be told whose room it is that it knows the secret of, so that its user signs in
 * with the right account (TermOnMac 4.5).
 */
record Explaining(Line line, Rejection rejection, long giveUpAt) implements Phase {
  private static final long PATIENCE_MILLIS = 5_000;

  static Phase begin(Line line, AccountId owner, Rejection rejection) {
    Explaining explaining = new Explaining(line, rejection, line.now() + PATIENCE_MILLIS);
    line.await(
        explaining,
        line.ports().emails().of(owner).thenApply(email -> email.orElse("")),
        explaining::found);
    return explaining;
  }

  private Phase found(@Nullable String email) {
    return tell(Optional.ofNullable(email).filter(it -> !it.isEmpty()));
  }

  private Ended tell(Optional<String> email) {
    line.sayError(rejection.toPhone(line, email));
    return line.shutRefused(rejection.closeReason());
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    throw new IllegalStateException("a message while messages wait");
  }

  @Override
  public Phase told(RoomNotice notice) {
    return this;
  }

  @Override
  public long nextDue() {
    return giveUpAt;
  }

  @Override
  public Phase due(long now) {
    return now >= giveUpAt ? tell(Optional.empty()) : this;
  }

  @Override
  public void left(Ended how) {
    line.detach(how);
  }
}
