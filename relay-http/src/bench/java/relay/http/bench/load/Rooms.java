package relay.http.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rooms with their agent and phones, each path known to work once its phone has joined. */
final class Rooms {
  private final Stage stage;
  private final int phonesEach;
  private final Phone.Story story;
  private final List<Agent> agents = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Phone> phones = new ArrayList<>();
  private int admitted;

  Rooms(Stage stage, int phonesEach, Phone.Story story) {
    this.stage = stage;
    this.phonesEach = phonesEach;
    this.story = story;
  }

  /** Connects the agents, and the phones of each when it is let in. */
  void open(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = UUID.randomUUID().toString();
      names.add(name);
      agents.add(new Agent(stage, name, () -> admit(name)));
    }
  }

  private void admit(String room) {
    admitted++;
    for (int i = 0; i < phonesEach; i++) {
      phones.add(join(room, story));
    }
  }

  /** One more room, whose agent is told when it is let in. */
  Agent agent(String room, Runnable whenOpened) {
    try {
      return new Agent(stage, room, whenOpened);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Phone join(String room, Phone.Story its) {
    try {
      return new Phone(stage, room, its);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean areOpen() {
    return admitted == agents.size() && phones.stream().allMatch(Phone::hasJoined);
  }

  List<String> names() {
    return names;
  }

  List<Agent> agents() {
    return agents;
  }

  List<Phone> phones() {
    return phones;
  }
}
