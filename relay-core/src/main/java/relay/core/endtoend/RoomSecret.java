package relay.core.endtoend;

import java.security.SecureRandom;

/** What lets a paired phone into its Mac's room, and proves each to the other there. */
public record RoomSecret(String text) implements SharedSecret {
  public RoomSecret {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a room secret must not be empty");
    }
  }

  public static RoomSecret generate(SecureRandom random) {
    return new RoomSecret(SharedSecret.generate(random));
  }

  @Override
  public String toString() {
    return "RoomSecret(…)";
  }
}
