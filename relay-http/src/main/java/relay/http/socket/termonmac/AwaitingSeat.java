package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.termonmac.ClientMessage;
import relay.http.socket.Asking;

/**
 * A client has asked its room for a seat, which has not answered yet: the question is repeated for
 * a while, and whatever the client says meanwhile waits.
 */
sealed interface AwaitingSeat extends Phase permits Registering, Joining {

  Greeting greeting();

  Asking asking();

  /** Puts the question to the room. */
  void ask();

  /** The same, having asked again. */
  AwaitingSeat with(Asking again);

  default Line line() {
    return greeting().line();
  }

  @Override
  default Phase said(ClientMessage message, ByteBuffer payload) {
    throw new IllegalStateException("a message while messages wait");
  }

  @Override
  default Phase delivered(long epoch, ByteBuffer payload) {
    Ended overflow = line().keepEarly(epoch, payload);
    return overflow == null ? this : overflow;
  }

  @Override
  default long nextDue() {
    return asking().nextDue();
  }

  @Override
  default Phase due(long now) {
    if (asking().isOver(now)) {
      return line().shutUnavailable();
    }
    if (!asking().isDue(now)) {
      return this;
    }
    ask();
    return with(asking().again(now));
  }

  /** The room may have given it the seat without being heard. */
  @Override
  default void left(Ended how) {
    line().detach(how);
  }
}
