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
  private final Heard heard = new Heard();
  private int tries;
  private boolean isOpen;
  private boolean isLeaving;
  private boolean isAbandoned;
  private int closeCode;

  Phone(Stage stage, String room, Story story) throws IOException {
    this.stage = stage;
    this.room = room;
    this.story = story;
    this.connection = connect();
  }

  private Connection connect() throws IOException {
    tries++;
    return new Connection(stage.loop(), stage.phones(), stage.phones().phoneHead(room), this);
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
    return !heard.isNothing();
  }

  void leave() {
    isLeaving = true;
    connection.sendClose(1000);
  }

  /** Ends it without a word; its story ends here. */
  void abandon() {
    isAbandoned = true;
    connection.drop();
  }

  /** From now on it takes nothing from the relay. */
  void stopReading() {
    connection.stopReading();
  }

  /** Takes again what has come; how its connection ends is heard by {@link #closeCode}. */
  void readAgain() {
    isAbandoned = true;
    connection.readAgain();
  }

  /** How its connection ended; 0 while it has not. */
  int closeCode() {
    return closeCode;
  }

  @Override
  public void opened() {
    isOpen = true;
    send(System.nanoTime());
  }

  @Override
  public void message(byte[] in, int from, int to) {
    stage.tally().delivered();
    boolean isHello = heard.isNothing();
    String fault = heard.fault(stage.message(), in, from, to);
    if (!fault.isEmpty()) {
      stage.tally().fault(fault);
    }
    if (isHello) {
      story.joined(this);
    } else {
      stage.tally().took(System.nanoTime() - Message.due(in, from));
      story.received(this);
    }
  }

  @Override
  public void closed(int code) {
    closeCode = code;
    if (isAbandoned) {
      return;
    }
    if (isLeaving && code == 1000) {
      story.left(this);
    } else if (heard.isNothing() && tries < Stage.TRIES) {
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
