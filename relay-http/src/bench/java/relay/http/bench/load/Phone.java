package relay.http.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A phone: says hello until it is answered, then checks everything that comes. */
final class Phone implements Peer {
  private static final byte[] NOTHING = {};

  /** What a workload makes of a phone's life. */
  interface Story {
    /** The agent has answered its hello. */
    default void joined(Phone phone) {}

    default void received(Phone phone) {}

    default void left(Phone phone) {}
  }

  private final Stage stage;
  private final String room;
  private final Story story;
  private Connection connection;
  private final long since = System.nanoTime();
  private long sent;
  private long heard;
  private int tries;
  private boolean isOpen;
  private boolean isLeaving;

  Phone(Stage stage, String room, Story story) throws IOException {
    this.stage = stage;
    this.room = room;
    this.story = story;
    this.connection = connect();
  }

  private Connection connect() throws IOException {
    tries++;
    return new Connection(stage.loop(), stage.endpoint(), stage.endpoint().phoneHead(room), this);
  }

  /** Says the next message. */
  void send(long due) {
    byte[] message = stage.message().of(sent, due);
    sent++;
    stage.tally().sent();
    connection.sendText(NOTHING, message, 0, message.length, NOTHING);
  }

  /** When it first tried to join. */
  long since() {
    return since;
  }

  boolean hasJoined() {
    return heard > 0;
  }

  void leave() {
    isLeaving = true;
    connection.sendClose(1000);
  }

  @Override
  public void opened() {
    isOpen = true;
    send(System.nanoTime());
  }

  @Override
  public void message(byte[] in, int from, int to) {
    stage.tally().delivered();
    String fault = stage.message().fault(in, from, to, heard);
    if (!fault.isEmpty()) {
      stage.tally().fault(fault);
    }
    boolean isHello = heard == Stage.HELLO;
    heard++;
    if (isHello) {
      story.joined(this);
    } else {
      stage.tally().took(System.nanoTime() - Message.due(in, from));
      story.received(this);
    }
  }

  @Override
  public void closed(int code) {
    if (isLeaving && code == 1000) {
      story.left(this);
    } else if (heard == 0 && tries < Stage.TRIES) {
      if (isOpen) {
        sent = 0;
        stage.tally().unsent();
      }
      isOpen = false;
      stage.loop().after(Stage.BETWEEN_TRIES, this::tryAgain);
    } else {
      stage.tally().fault("phone closed " + code);
      story.left(this);
    }
  }

  private void tryAgain() {
    try {
      connection = connect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
