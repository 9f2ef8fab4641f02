package relay.http.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent of a room: checks what its phones say, answers it, and sends of its own accord. */
final class Agent implements Peer {
  /** One phone as its agent knows it. */
  private static final class Caller {
    private final byte[] connId;
    private final byte[] head;
    private final Heard heard = new Heard();

    private Caller(byte[] connId) {
      this.connId = connId;
      this.head = Envelope.head(connId);
    }
  }

  private final Stage stage;
  private final Runnable whenOpened;
  private final Connection connection;
  private final Envelope envelope = new Envelope();
  private final List<Caller> callers = new ArrayList<>();
  private long said = Stage.HELLO + 1;
  private @Nullable Runnable whenLeft;

  Agent(Stage stage, String room, Runnable whenOpened) throws IOException {
    this.stage = stage;
    this.whenOpened = whenOpened;
    this.connection =
        new Connection(stage.loop(), stage.agents(), stage.agents().agentHead(room), this);
  }

  /** The same message to every phone that has said hello. */
  void send(long due) {
    byte[] message = stage.message().of(said, due);
    said++;
    for (int i = 0; i < callers.size(); i++) {
      stage.tally().sent();
      connection.sendText(callers.get(i).head, message, 0, message.length, Envelope.TAIL);
    }
  }

  @Override
  public void opened() {
    whenOpened.run();
  }

  @Override
  public void message(byte[] in, int from, int to) {
    if (!envelope.read(in, from, to)) {
      stage.tally().fault("envelope");
    } else if (!envelope.hasFrame()) {
      callers.removeIf(it -> isNamed(it, in));
    } else {
      frame(caller(in), in);
    }
  }

  private void frame(Caller caller, byte[] in) {
    stage.tally().delivered();
    String fault = caller.heard.fault(stage.message(), in, envelope.frameFrom, envelope.frameTo);
    if (!fault.isEmpty()) {
      stage.tally().fault(fault);
    }
    stage.tally().sent();
    connection.sendText(caller.head, in, envelope.frameFrom, envelope.frameTo, Envelope.TAIL);
  }

  private Caller caller(byte[] in) {
    for (int i = 0; i < callers.size(); i++) {
      if (isNamed(callers.get(i), in)) {
        return callers.get(i);
      }
    }
    Caller caller = new Caller(Arrays.copyOfRange(in, envelope.connIdFrom, envelope.connIdTo));
    callers.add(caller);
    return caller;
  }

  private boolean isNamed(Caller caller, byte[] in) {
    return Arrays.equals(
        caller.connId, 0, caller.connId.length, in, envelope.connIdFrom, envelope.connIdTo);
  }

  void leave(Runnable then) {
    whenLeft = then;
    connection.sendClose(1000);
  }

  /** Ends it without a word. */
  void abandon() {
    whenLeft = () -> {};
    connection.drop();
  }

  @Override
  public void closed(int code) {
    if (whenLeft == null) {
      stage.tally().fault("agent closed " + code);
    } else {
      whenLeft.run();
    }
  }
}
